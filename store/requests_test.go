package store_test

import (
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/smallwins/smallwins/store"
)

func TestRequestIsBegunOnceHoweverManyAsk(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		at := time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC)
		var begun atomic.Int32
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				first, err := s.BeginRequest(t.Context(), "slack:T1", "Ev1", at)
				if err != nil {
					t.Error(err)
				}
				if first {
					begun.Add(1)
				}
			})
		}
		all.Wait()
		if begun.Load() != 1 {
			t.Errorf("begun %d times, want once", begun.Load())
		}
		if first, err := s.BeginRequest(t.Context(), "slack:T2", "Ev1", at); err != nil || !first {
			t.Errorf("the same id in another workspace: %t, %v", first, err)
		}
	})
}

func TestRequestLeftBehindIsTakenUpAgainAndADoneOneNever(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		at := time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC)
		begin := func(after time.Duration, want bool) {
			t.Helper()
			if first, err := s.BeginRequest(t.Context(), "slack:T1", "Ev1", at.Add(after)); err != nil || first != want {
				t.Errorf("after %s: begun %t, %v, want %t", after, first, err, want)
			}
		}
		begin(0, true)
		begin(59*time.Second, false)
		begin(time.Minute, true)
		begin(time.Minute, false)
		if err := s.EndRequest(t.Context(), "slack:T1", "Ev1"); err != nil {
			t.Fatal(err)
		}
		begin(time.Hour, false)
	})
}

func TestOldRequestsMakeRoom(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		at := time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC)
		for i := range 3 {
			if _, err := s.BeginRequest(t.Context(), "slack:T1", "Ev"+strconv.Itoa(i), at); err != nil {
				t.Fatal(err)
			}
			if err := s.EndRequest(t.Context(), "slack:T1", "Ev"+strconv.Itoa(i)); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := s.BeginRequest(t.Context(), "slack:T1", "Ev9", at.Add(25*time.Hour)); err != nil {
			t.Fatal(err)
		}
		// What is forgotten could be begun once more; that it can shows that it is.
		if first, err := s.BeginRequest(t.Context(), "slack:T1", "Ev0", at.Add(25*time.Hour)); err != nil || !first {
			t.Errorf("a request of yesterday is still there: begun %t, %v", first, err)
		}
	})
}
