package bot_test

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/smallwins/smallwins/coaching"
)

// ledger remembers requests in memory.
type ledger struct{ begun, ended sync.Map }

func (l *ledger) BeginRequest(_ context.Context, workspace coaching.WorkspaceID, id string, _ time.Time) (bool, error) {
	_, known := l.begun.LoadOrStore(string(workspace)+id, true)
	return !known, nil
}

func (l *ledger) EndRequest(_ context.Context, workspace coaching.WorkspaceID, id string) error {
	l.ended.Store(string(workspace)+id, true)
	return nil
}

func TestPanicOfAnAdapterEndsOneRequestAndNotTheServer(t *testing.T) {
	t.Parallel()
	s := serve(t, time.Minute, ready)
	for _, body := range []string{"break verify", "break decode", "break render", "spoil render"} {
		if status, answer := s.post(t, body); status != http.StatusInternalServerError || strings.Contains(answer, "a bug") || strings.Contains(answer, body) {
			t.Errorf("%s: %d %s", body, status, answer)
		}
	}
	if status, _ := s.post(t, "press break"); status != http.StatusOK {
		t.Errorf("a late answer that breaks: %d", status)
	}
	if got := <-s.finished; got != "broken" {
		t.Errorf("finished with %q", got)
	}
	if status, answer := s.post(t, "hello"); status != http.StatusOK || answer != `"hello"` {
		t.Errorf("afterwards: %d %s", status, answer)
	}
	if log := s.log.String(); !strings.Contains(log, "a bug") || !strings.Contains(log, "server_test.go") {
		t.Error("the log does not tell where it broke")
	}
}

func TestRequestThatComesAgainIsCarriedOutOnce(t *testing.T) {
	t.Parallel()
	s := serve(t, time.Minute, ready)
	for range 3 {
		if status, answer := s.post(t, "again"); status != http.StatusOK || answer != `"wait"` {
			t.Errorf("answered %d %q", status, answer)
		}
	}
	said := 0
	for range 3 {
		if <-s.finished == "press again" {
			said++
		}
	}
	if said != 1 {
		t.Errorf("carried out %d times, want once", said)
	}
}

func TestNoAnswerHoldsAnythingOfAnother(t *testing.T) {
	t.Parallel()
	s := serve(t, time.Minute, ready)
	for member := range 8 {
		t.Run(strconv.Itoa(member), func(t *testing.T) {
			t.Parallel()
			for i := range 40 {
				switch i % 4 {
				case 0: // an answer that breaks off half-way
					if status, answer := s.post(t, "spoil render"); status != http.StatusInternalServerError || strings.Contains(answer, "spoil") {
						t.Errorf("spoiled: %d %s", status, answer)
					}
				case 1: // a reply of the server's own
					if status, answer := s.post(t, "fail"); status != http.StatusOK || answer != `"sorry ref-7"` {
						t.Errorf("failed: %d %s", status, answer)
					}
				default:
					text := strings.Repeat(strconv.Itoa(member), 1+i*i)
					if status, answer := s.post(t, text); status != http.StatusOK || answer != `"`+text+`"` {
						t.Errorf("%s: %d %s", text, status, answer)
					}
				}
			}
		})
	}
}
