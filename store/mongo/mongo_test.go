package mongo_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"testing"

	"go.uber.org/goleak"

	"go.mongodb.org/mongo-driver/v2/mongo/options"

	driver "go.mongodb.org/mongo-driver/v2/mongo"

	"github.com/smallwins/smallwins/store/document"
	"github.com/smallwins/smallwins/store/enginetest"
	"github.com/smallwins/smallwins/store/mongo"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var databases atomic.Int64

// mustOpen opens an engine on a database of its own, and drops that when the
// test ends.
func mustOpen(t *testing.T, uri string) *mongo.Engine {
	t.Helper()
	name := fmt.Sprintf("smallwins_test_%d_%d", os.Getpid(), databases.Add(1))
	e, err := mongo.Open(t.Context(), uri, name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx := context.WithoutCancel(t.Context())
		if err := e.Close(ctx); err != nil {
			t.Errorf("close: %v", err)
		}
		client, err := driver.Connect(options.Client().ApplyURI(uri))
		if err != nil {
			t.Fatal(err)
		}
		if err := client.Database(name).Drop(ctx); err != nil {
			t.Errorf("drop: %v", err)
		}
		if err := client.Disconnect(ctx); err != nil {
			t.Errorf("disconnect: %v", err)
		}
	})
	return e
}

func TestEngineKeepsTheContractOverTheWire(t *testing.T) {
	t.Parallel()
	uri := enginetest.MongoURI(t)
	enginetest.Run(t, func(t *testing.T) document.Engine { return mustOpen(t, uri) })
}

func TestEngineKeepsTheContractOnTheServerOfTheEnvironment(t *testing.T) {
	t.Parallel()
	uri := os.Getenv("MONGODB_URI")
	if uri == "" {
		t.Skip("MONGODB_URI is not set")
	}
	enginetest.Run(t, func(t *testing.T) document.Engine { return mustOpen(t, uri) })
}

func TestErrorsDoNotRepeatThePassword(t *testing.T) {
	t.Parallel()
	for _, uri := range []string{
		"mongodb://anna:hunter2@localhost:notaport/",
		"mongodb://anna:hunter2/x@localhost/",
		"mongodb://anna:hunter2@localhost/?unknownMechanism=1&authMechanism=NONE",
		"mongodb://anna:hunter2@127.0.0.1:1/?serverSelectionTimeoutMS=50",
	} {
		e, err := mongo.Open(t.Context(), uri, "x")
		if err == nil {
			_ = e.Close(t.Context())
		} else if strings.Contains(err.Error(), "hunter2") {
			t.Errorf("password in: %v", err)
		}
	}
}
