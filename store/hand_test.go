package store_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store"
)

func TestHand(t *testing.T) {
	path := os.Getenv("CRM")
	if path == "" {
		t.Skip()
	}
	s := open(t, store.Options{Dir: t.TempDir()})
	f, _ := os.Open(path)
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var events []coaching.Event
	at := func(day string) time.Time { d, _ := time.Parse(time.DateOnly, day); return d.Add(12 * time.Hour) }
	for _, r := range rows[1:] {
		fields := map[coaching.EventField]string{"owner": r[1], "territory": r[3], "product": r[4]}
		if r[7] != "" {
			fields["stage"] = "Engaging"
			events = append(events, coaching.Event{ID: r[0] + "/created", Kind: coaching.DealCreated, Subject: r[0], At: at(r[7]), Fields: fields})
		}
		if r[8] != "" {
			kind := coaching.DealWon
			if r[6] == "Lost" {
				kind = coaching.DealLost
			}
			events = append(events, coaching.Event{ID: r[0] + "/closed", Kind: kind, Subject: r[0], At: at(r[8]).Add(time.Hour), Fields: map[coaching.EventField]string{"amount": r[9]}})
		}
	}
	now := at("2018-01-01")
	begin := time.Now()
	for i := 0; i < len(events); i += 1000 {
		results, err := s.Ingest(t.Context(), team, events[i:min(i+1000, len(events))], now)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range results {
			if r.Outcome != coaching.EventAccepted {
				t.Fatal(r, r.Why)
			}
		}
	}
	fmt.Println(len(events), "events", time.Since(begin))
	begin = time.Now()
	book, err := s.DayBook(t.Context(), team, coaching.Date{Year: 1970, Month: 1, Day: 1}, coaching.DateOf(now), now)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println("first read", time.Since(begin), book.Pending, len(book.Days))
	begin = time.Now()
	book, _ = s.DayBook(t.Context(), team, coaching.Date{Year: 1970, Month: 1, Day: 1}, coaching.DateOf(now), now)
	fmt.Println("second read", time.Since(begin))
	for m := 0; m < 15; m++ {
		p := coaching.PeriodOf(coaching.Month, coaching.Date{Year: 2016, Month: 10, Day: 1}.AddMonths(m))
		q := coaching.KPIQuery{Period: p, Today: coaching.DateOf(now), Currency: "USD"}
		q.Kind = coaching.Revenue
		rev := book.KPI(q)
		q.Kind = coaching.WinRate
		win := book.KPI(q)
		q.Kind = coaching.Cycle
		b := time.Now()
		cyc := book.KPI(q)
		took := time.Since(b)
		fmt.Println(p.From, rev.Value, win.Value.Round(2), win.Rate, win.Opened, win.StillOpen, cyc.Value, cyc.Known, cyc.Rate, cyc.StillOpen, took)
	}
}
