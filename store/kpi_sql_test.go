package store_test

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	_ "modernc.org/sqlite"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store"
)

// opportunity is a line of a CRM's export; days and the value are empty while
// not reached.
type opportunity struct{ id, rep, territory, product, stage, opened, closed, value string }

// opportunities makes up an export: reps and products of different luck, deals
// that are open, and some that have only just been thought of.
func opportunities(n int) []opportunity {
	random := rand.New(rand.NewPCG(7, 11))
	begin := coaching.Date{Year: 2025, Month: 1, Day: 1}
	rows := make([]opportunity, n)
	for i := range rows {
		rep, product := random.IntN(12), random.IntN(5)
		row := opportunity{
			id: fmt.Sprintf("O%05d", i), rep: fmt.Sprintf("Rep %c", 'A'+rep), territory: []string{"North", "South", "East"}[rep%3],
			product: fmt.Sprintf("Product %d", product), stage: "Prospecting",
		}
		if random.IntN(10) > 0 {
			opened := begin.AddDays(random.IntN(430))
			closed := opened.AddDays(random.IntN(20) * random.IntN(9))
			row.opened, row.stage = opened.String(), "Engaging"
			if closed.Before(coaching.DateOf(eventsNow)) && random.IntN(8) > 0 {
				row.closed, row.stage, row.value = closed.String(), "Lost", "0"
				if random.IntN(10) < 4+product {
					row.stage, row.value = "Won", fmt.Sprintf("%d.%02d", 50+random.IntN(9000), random.IntN(100))
				}
			}
		}
		rows[i] = row
	}
	return rows
}

// eventsOf turns a line into events as a connector would send them.
func (o opportunity) events() []coaching.Event {
	var events []coaching.Event
	if o.opened != "" {
		events = append(events, dealEvent(o.id+"/opened", coaching.DealCreated, o.id, o.opened, "owner", o.rep, "territory", o.territory, "product", o.product))
	}
	kind := map[string]coaching.EventKind{"Won": coaching.DealWon, "Lost": coaching.DealLost}[o.stage]
	if o.closed != "" {
		closing := dealEvent(o.id+"/closed", kind, o.id, o.closed, "amount", o.value)
		closing.At = closing.At.Add(time.Hour)
		events = append(events, closing)
	}
	return events
}

func opportunitiesInSQL(t testing.TB, rows []opportunity) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = db.Close() })
	if _, err := db.Exec(`CREATE TABLE crm (id, rep, territory, product, stage, opened, closed, value)`); err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if _, err := db.Exec(`INSERT INTO crm VALUES (?,?,?,?,?,?,?,?)`, r.id, r.rep, r.territory, r.product, r.stage, r.opened, r.closed, r.value); err != nil {
			t.Fatal(err)
		}
	}
	return db
}

// figures asks SQL for a row of numbers.
func sqlFigures(t testing.TB, db *sql.DB, query string, args ...any) []int64 {
	t.Helper()
	rows, err := db.Query(query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	names, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	found := make([]int64, 0, len(names))
	for rows.Next() {
		into, numbers := make([]any, len(names)), make([]sql.NullInt64, len(names))
		for i := range into {
			into[i] = &numbers[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		for _, number := range numbers {
			found = append(found, number.Int64)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return found
}

// compareWithSQL holds the figures of every month against what SQL makes of the
// same lines, and returns the table of them.
func compareWithSQL(t testing.TB, book coaching.DayBook, db *sql.DB, first coaching.Period, months int, today coaching.Date) (table []string) {
	t.Helper()
	for n := range months {
		period := first.Shift(n)
		month, through := period.From.String()[:7], period.To.String()
		q := coaching.KPIQuery{Period: period, Today: today, Currency: "USD"}
		ask := func(kind coaching.Kind) coaching.KPI { q.Kind = kind; return book.KPI(q) }
		revenue, win, cycle := ask(coaching.Revenue), ask(coaching.WinRate), ask(coaching.Cycle)
		want := sqlFigures(t, db, `SELECT
			(SELECT sum(CAST(round(value*100) AS INTEGER)) FROM crm WHERE stage='Won' AND substr(closed,1,7)=?1),
			(SELECT count(*) FROM crm WHERE stage='Won' AND substr(closed,1,7)=?1),
			(SELECT count(*) FROM crm WHERE stage='Lost' AND substr(closed,1,7)=?1),
			(SELECT count(*) FROM crm WHERE stage='Won' AND substr(opened,1,7)=?1),
			(SELECT count(*) FROM crm WHERE stage='Lost' AND substr(opened,1,7)=?1),
			(SELECT count(*) FROM crm WHERE closed='' AND substr(opened,1,7)=?1)`, month)
		got := []int64{
			revenue.Value.Shift(2).IntPart(), int64(win.Rate.Hits), int64(win.Rate.Of - win.Rate.Hits),
			int64(win.Opened.Hits), int64(win.Opened.Of - win.Opened.Hits), int64(win.StillOpen),
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: revenue in cents, won, lost, and of those opened then won, lost, open: %v, SQL says %v", month, got, want)
		}
		// Each deal opened in the year up to the month's end, as it stood then.
		lines := sqlFigures(t, db, `SELECT
			julianday(CASE WHEN closed<>'' AND closed<=?1 THEN closed ELSE ?1 END)-julianday(opened),
			CASE WHEN closed='' OR closed>?1 THEN 0 WHEN stage='Won' THEN 1 ELSE 2 END
			FROM crm WHERE opened<>'' AND opened<=?1 AND opened>date(?1,'start of month','+1 month','-1 year','-1 day')`, through)
		var spells []coaching.Spell
		for i := 0; i < len(lines); i += 2 {
			spells = append(spells, coaching.Spell{Days: int(lines[i]), Fate: []coaching.Fate{coaching.FateOpen, coaching.FateWon, coaching.FateLost}[lines[i+1]]})
		}
		survival, err := coaching.NewSurvival(spells)
		if err != nil {
			t.Fatal(err)
		}
		if cycle.Cycle.Median() != survival.Median() {
			t.Errorf("%s: the cycle is %+v, by SQL's deals %+v", month, cycle.Cycle.Median(), survival.Median())
		}
		table = append(table, fmt.Sprintf("%s  %12s  %6s%% %4d/%4d   %4d/%4d +%4d open   %s days of %d won",
			month, revenue.Value, win.Value.Round(2), win.Rate.Hits, win.Rate.Of, win.Opened.Hits, win.Opened.Of, win.StillOpen, cycle.Value, cycle.Rate.Hits))
	}
	return table
}

func TestFiguresOfEveryMonthAreThoseOfSQL(t *testing.T) {
	t.Parallel()
	s := open(t, store.Options{Dir: t.TempDir()})
	rows := opportunities(1500)
	var events []coaching.Event
	for _, row := range rows {
		events = append(events, row.events()...)
	}
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(events), func(i, j int) { events[i], events[j] = events[j], events[i] })
	for i := 0; i < len(events); i += 700 {
		ingest(t, s, events[i:min(i+700, len(events))]...)
	}
	today := coaching.DateOf(eventsNow)
	book, err := s.DayBook(t.Context(), team, coaching.Epoch(), today, eventsNow)
	if err != nil || book.Pending != 0 {
		t.Fatal(book.Pending, err)
	}
	db := opportunitiesInSQL(t, rows)
	compareWithSQL(t, book, db, coaching.PeriodOf(coaching.Month, coaching.Date{Year: 2025, Month: 1, Day: 1}), 15, today)
	for column, of := range map[string]func(coaching.Cut) string{
		"rep":       func(cut coaching.Cut) string { return cut.Owner },
		"territory": func(cut coaching.Cut) string { return cut.Territory },
		"product":   func(cut coaching.Cut) string { return cut.Product },
	} {
		q := coaching.KPIQuery{Kind: coaching.Revenue, Currency: "USD", Today: today, Period: coaching.PeriodOf(coaching.Year, coaching.Date{Year: 2025, Month: 1, Day: 1})}
		parts := book.Parts(q, of)
		if len(parts) < 3 {
			t.Errorf("by %s there are %d parts", column, len(parts))
		}
		for _, part := range parts {
			want := sqlFigures(t, db, `SELECT sum(CAST(round(value*100) AS INTEGER)), sum(stage='Won'), count(*) FROM crm WHERE substr(closed,1,4)='2025' AND `+column+`=?`, part.Name)
			if got := part.KPI; !got.Value.Equal(decimal.New(want[0], -2)) || got.Rate != (coaching.Rate{Hits: int(want[1]), Of: int(want[2])}) {
				t.Errorf("%s %s: %s of %+v, SQL says %v", column, part.Name, got.Value, got.Rate, want)
			}
		}
	}
}
