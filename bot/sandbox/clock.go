package sandbox

import (
	"context"
	"net/http"
	"time"
)

// The hours that the clock's jumps lead to, in the workspace's zone.
const (
	morning = 9
	evening = 18
)

// advanceWithin bounds a jump: a month of scheduler runs takes a while.
const advanceWithin = 2 * time.Minute

// jump is one way to move the clock forward.
type jump struct {
	// Label is the id of its words.
	Name, Label string
	// to returns the next such time after now, in now's zone.
	to func(now time.Time) time.Time
}

// jumps are the ways that the page offers.
var jumps = []jump{
	{"hour", "jump_hour", func(now time.Time) time.Time { return now.Add(time.Hour) }},
	{"morning", "jump_morning", func(now time.Time) time.Time {
		return next(now, func(time.Time) bool { return true }, morning)
	}},
	{"monday", "jump_monday", func(now time.Time) time.Time {
		return next(now, func(day time.Time) bool { return day.Weekday() == time.Monday }, morning)
	}},
	{"month-end", "jump_month", func(now time.Time) time.Time { return next(now, lastOfMonth, evening) }},
	{"quarter-end", "jump_quarter", func(now time.Time) time.Time {
		return next(now, func(day time.Time) bool { return lastOfMonth(day) && day.Month()%3 == 0 }, evening)
	}},
}

// lastOfMonth reports whether a day is the last one of its month.
func lastOfMonth(day time.Time) bool { return day.AddDate(0, 0, 1).Day() == 1 }

// next returns the first time after now that has the hour on a day that fits.
func next(now time.Time, fits func(day time.Time) bool, hour int) time.Time {
	for days := 0; ; days++ {
		at := time.Date(now.Year(), now.Month(), now.Day()+days, hour, 0, 0, 0, now.Location())
		if at.After(now) && fits(at) {
			return at
		}
	}
}

// clock moves the sandbox's time forward.
func (s *Sandbox) clock(w http.ResponseWriter, r *http.Request) {
	at, ok := s.acting(w, r)
	if !ok {
		return
	}
	for _, jump := range jumps {
		if jump.Name != r.FormValue("to") {
			continue
		}
		if err := s.advance(r.Context(), jump); err != nil {
			http.Error(w, "The clock could not be moved: "+err.Error(), http.StatusInternalServerError)
			return
		}
		s.done(w, r, at)
		return
	}
	http.Error(w, "no such jump", http.StatusBadRequest)
}

// advance makes one jump. Once begun it goes on, whether or not the page waits
// for it.
func (s *Sandbox) advance(ctx context.Context, jump jump) error {
	s.advancing.Lock()
	defer s.advancing.Unlock()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), advanceWithin)
	defer cancel()
	err := s.config.Advance(ctx, jump.to(s.now()))
	s.bell.ring()
	return err
}

// now returns the sandbox's time in the workspace's zone.
func (s *Sandbox) now() time.Time { return s.config.Now().In(s.zone) }

// clockView is the time as the page shows it.
type clockView struct {
	Date string `json:"date"`
	Time string `json:"time"`
}

func (s *Sandbox) clockView() clockView {
	now := s.now()
	date := now.Format("Mon 2 Jan 2006")
	if s.config.Language == "th" {
		date = s.day(now)
	}
	return clockView{Date: date, Time: now.Format("15:04")}
}
