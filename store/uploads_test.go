package store_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store"
)

func sentFile(id string) coaching.Upload {
	return coaching.Upload{
		ID: id, Workspace: team, Member: "U2", Name: "deals.csv", SentAt: eventsNow, NextAt: eventsNow.Add(coaching.UploadLife),
	}
}

func TestAFileIsKeptAsItIsAndInParts(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		content := bytes.Repeat([]byte("\xff\xfea\x00ดีล;"), 100_000) // no UTF-8, and longer than three parts
		kept, err := s.KeepUpload(t.Context(), sentFile("f1"), bytes.NewReader(content))
		if err != nil || kept.Size != len(content) || kept.State != coaching.UploadKept {
			t.Fatalf("kept %+v, %v", kept, err)
		}
		again, err := s.KeepUpload(t.Context(), sentFile("f1"), strings.NewReader("something else"))
		if err != nil || again.Size != len(content) {
			t.Errorf("kept again %+v, %v", again, err)
		}
		read, err := io.ReadAll(s.UploadContent(t.Context(), again))
		if err != nil || !bytes.Equal(read, content) {
			t.Errorf("read %d bytes of %d, %v", len(read), len(content), err)
		}
		if _, err := s.Upload(t.Context(), rival, "f1"); coaching.CodeOf(err) != coaching.NotFound {
			t.Errorf("another workspace's file: %v", err)
		}
		if err := s.DeleteUpload(t.Context(), team, "f1"); err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadAll(s.UploadContent(t.Context(), again)); coaching.CodeOf(err) != coaching.NotFound {
			t.Errorf("a deleted file's bytes: %v", err)
		}
	})
}

func TestAFileThatBrokeOffIsKeptByTheNextTry(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		broken := errors.New("the line went dead")
		content := strings.Repeat("a,b\n", 100_000)
		half := io.MultiReader(strings.NewReader(content[:300_000]), iotest.ErrReader(broken))
		if _, err := s.KeepUpload(t.Context(), sentFile("f1"), half); !errors.Is(err, broken) {
			t.Fatalf("a broken file: %v", err)
		}
		kept, err := s.KeepUpload(t.Context(), sentFile("f1"), strings.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		if read, err := io.ReadAll(s.UploadContent(t.Context(), kept)); err != nil || string(read) != content {
			t.Errorf("read %d bytes of %d, %v", len(read), len(content), err)
		}
	})
}

func TestAQueuedFileIsTakenByOneAtATimeAndAKeptOneLapses(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		for _, id := range []string{"f1", "f2"} {
			if _, err := s.KeepUpload(t.Context(), sentFile(id), strings.NewReader("a,b\n")); err != nil {
				t.Fatal(err)
			}
		}
		queued, err := s.Upload(t.Context(), team, "f1")
		if err != nil {
			t.Fatal(err)
		}
		queued.State, queued.NextAt = coaching.UploadQueued, eventsNow
		if _, err := s.SaveUpload(t.Context(), queued); err != nil {
			t.Fatal(err)
		}
		taken, err := s.TakeUpload(t.Context(), eventsNow, time.Minute)
		if err != nil || taken.ID != "f1" {
			t.Fatalf("taken %+v, %v", taken, err)
		}
		if other, err := s.TakeUpload(t.Context(), eventsNow.Add(30*time.Second), time.Minute); coaching.CodeOf(err) != coaching.NotFound {
			t.Errorf("somebody else takes %+v, %v", other, err)
		}
		later, err := s.TakeUpload(t.Context(), eventsNow.Add(2*time.Minute), time.Minute)
		if err != nil || later.ID != "f1" {
			t.Errorf("after the lease %+v, %v", later, err)
		}
		taken.Tally.Rows = 7
		if _, err := s.SaveUpload(t.Context(), taken); coaching.CodeOf(err) != coaching.Conflict {
			t.Errorf("who lost it still writes: %v", err)
		}
		lapsed, err := s.LapsedUploads(t.Context(), eventsNow.Add(coaching.UploadLife+time.Second), 10)
		if err != nil || len(lapsed) != 1 || lapsed[0].ID != "f2" {
			t.Errorf("lapsed are %+v, %v", lapsed, err)
		}
	})
}

func TestFilesOfWhoIsForgottenGo(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *store.Store) {
		furnished(t, s, team)
		kept, err := s.KeepUpload(t.Context(), sentFile("f1"), strings.NewReader("a,b\n"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.ForgetMember(t.Context(), team, "U2"); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Upload(t.Context(), team, "f1"); coaching.CodeOf(err) != coaching.NotFound {
			t.Errorf("the file is there: %v", err)
		}
		if _, err := io.ReadAll(s.UploadContent(t.Context(), kept)); coaching.CodeOf(err) != coaching.NotFound {
			t.Errorf("its bytes are there: %v", err)
		}
	})
}
