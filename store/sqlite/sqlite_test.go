package sqlite_test

import (
	"context"
	"testing"

	"go.uber.org/goleak"

	"github.com/smallwins/smallwins/store/document"
	"github.com/smallwins/smallwins/store/enginetest"
	"github.com/smallwins/smallwins/store/sqlite"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// mustOpen opens an engine and closes it when the test ends.
func mustOpen(t testing.TB, dir string) *sqlite.Engine {
	t.Helper()
	e, err := sqlite.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(context.WithoutCancel(t.Context())); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return e
}

func TestEngineKeepsTheContract(t *testing.T) {
	t.Parallel()
	enginetest.Run(t, func(t *testing.T) document.Engine { return mustOpen(t, t.TempDir()) })
}
