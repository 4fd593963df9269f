package sheet_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands/sheet"
)

var now = time.Date(2026, time.March, 31, 12, 0, 0, 0, time.UTC)

// read reads a whole table with what was told of it.
func read(t *testing.T, text []byte, told coaching.Layout) (events []coaching.Event, problems []sheet.Problem, layout sheet.Layout) {
	t.Helper()
	table, err := sheet.Open(bytes.NewReader(text), "", 0)
	if err != nil {
		t.Fatal(err)
	}
	layout, err = sheet.Understand(table, told)
	if err != nil {
		t.Fatalf("%v, with %v", err, table.Header)
	}
	workspace := coaching.NewWorkspace("slack:T1")
	reading := sheet.NewReading(layout, workspace, now.Add(-time.Hour), now)
	for {
		row, err := table.Next()
		if errors.Is(err, io.EOF) {
			return events, problems, layout
		}
		if err != nil {
			t.Fatal(err)
		}
		told, problem := reading.Events(row)
		if problem != nil {
			problems = append(problems, *problem)
		}
		events = append(events, told...)
	}
}

func TestAllEncodingsAndDelimitersReadTheSame(t *testing.T) {
	t.Parallel()
	thai := "รหัสดีล,เจ้าของ,สถานะ,มูลค่า,วันที่เปิด,วันที่ปิด\n7,สมชาย ใจดี,ชนะ,\"1,250.50\",1 ก.พ. 2569,03/03/2569\n"
	western := "Deal ID;Owner;Status;Amount;Opened on;Closed on\n7;José Müller;Won;1.250,50;2026-02-01;03.03.2026\n"
	encode := func(text []byte, err error) []byte {
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	for name, text := range map[string][]byte{
		"UTF-8":                []byte(thai),
		"UTF-8 with a mark":    append([]byte("\ufeff"), thai...),
		"UTF-16 with a mark":   encode(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(thai))),
		"UTF-16 without":       encode(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().Bytes([]byte(western))),
		"Windows 874":          encode(charmap.Windows874.NewEncoder().Bytes([]byte(thai))),
		"Windows 1252":         encode(charmap.Windows1252.NewEncoder().Bytes([]byte(western))),
		"tabs":                 []byte(strings.NewReplacer(";", "\t").Replace(western)),
		"sep=":                 []byte("sep=;\r\n" + strings.ReplaceAll(western, "\n", "\r\n")),
		"a comma for the mark": []byte(western),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			events, problems, _ := read(t, text, coaching.Layout{})
			if len(events) != 1 || len(problems) > 0 {
				t.Fatalf("events %v, problems %v", events, problems)
			}
			event := events[0]
			owner := event.Fields[coaching.FieldOwner]
			if event.Kind != coaching.DealWon || event.Subject != "7" || owner != "สมชาย ใจดี" && owner != "José Müller" ||
				event.Fields[coaching.FieldAmount] != "1250.5" || event.Fields[coaching.FieldOpenedOn] != "2026-02-01" || event.Fields[coaching.FieldClosedOn] != "2026-03-03" {
				t.Errorf("read as %+v", event)
			}
		})
	}
}

func TestLinesThatCannotBeReadAreNamedAndKeepNoOtherOut(t *testing.T) {
	t.Parallel()
	events, problems, _ := read(t, []byte("deal id,stage,amount,close date,note\n"+
		"1,Won,10,2026-03-01,\"two\nlines\"\n"+
		"2,Won,ten,2026-03-01,\n"+
		"3,Won,10,3/4/2026,\n"+
		",Won,10,2026-03-01,\n"+
		"5,Lost,0,2027-03-01,\n"+
		"\n"+
		"6,Lost,0,2026-03-02,\n"), coaching.Layout{})
	if len(events) != 2 || events[0].Subject != "1" || events[1].Subject != "6" {
		t.Errorf("events are %v", events)
	}
	want := []sheet.Problem{
		{Line: 4, Column: "amount", Text: "ten", Reason: coaching.ReasonEventAmount},
		{Line: 5, Column: "close date", Text: "3/4/2026", Reason: coaching.ReasonEventOrder},
		{Line: 6, Column: "deal id", Reason: coaching.ReasonEventSubject},
		{Line: 7, Column: "close date", Text: "2027-03-01", Reason: coaching.ReasonEventFuture},
	}
	if len(problems) != len(want) {
		t.Fatalf("problems are %v", problems)
	}
	for i := range want {
		if problems[i] != want[i] {
			t.Errorf("problem %d is %v, want %v", i, problems[i], want[i])
		}
	}
}

func TestOneDateThatIsClearTellsTheOrderOfAll(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"id,status,closed\n1,won,3/2/2026\n2,won,25/2/2026\n": "2026-02-03",
		"id,status,closed\n1,won,3/2/2026\n2,won,2/25/2026\n": "2026-03-02",
	} {
		events, _, _ := read(t, []byte(text), coaching.Layout{As: "deals"})
		if len(events) != 2 || events[0].Fields[coaching.FieldClosedOn] != want {
			t.Errorf("%q read as %v, want %s", text, events, want)
		}
	}
}

func TestColumnsThatWereNamedStand(t *testing.T) {
	t.Parallel()
	text := []byte("nr,who,x,y,state\nA1,lin@example.com,12,2026-03-01,Closed Won\nA2,lin@example.com,0,2026-03-02,Closed Lost\n")
	table, err := sheet.Open(bytes.NewReader(text), "", 0)
	if err != nil {
		t.Fatal(err)
	}
	told := coaching.Layout{As: "deals"}.Naming("y", "closed").Naming("x", "amount").Fixing("currency", "thb")
	events, problems, layout := read(t, text, told)
	if len(events) != 2 || len(problems) > 0 || events[0].Fields[coaching.FieldCurrency] != "THB" ||
		events[0].Fields[coaching.FieldAmount] != "12" || events[1].Kind != coaching.DealLost {
		t.Errorf("events %v, problems %v", events, problems)
	}
	var content int
	for _, match := range layout.Matches {
		if match.Why == sheet.ByContent && match.Sure == 50 {
			content++
		}
	}
	if content != 3 { // the number, who, and the state
		t.Errorf("matched %v", layout.Matches)
	}
	if _, err := sheet.Understand(table, told.Naming("z", "amount")); err == nil || !strings.Contains(err.Error(), "nr, who, x, y, state") {
		t.Errorf("a column that is not there: %v", err)
	}
	if _, err := sheet.Understand(table, told.Naming("who", "boss")); err == nil || !strings.Contains(err.Error(), "territory") {
		t.Errorf("a field that is not there: %v", err)
	}
}

func TestAQuoteThatIsNeverClosedIsNamedAndNotSwallowed(t *testing.T) {
	t.Parallel()
	text := "id,status\n1,won\n2,\"won\n" + strings.Repeat("3,lost\n", 500_000)
	table, err := sheet.Open(strings.NewReader(text), "", 0)
	for err == nil {
		_, err = table.Next()
	}
	if err == nil || !strings.Contains(err.Error(), "behind line 2") {
		t.Errorf("error %v", err)
	}
}

func TestRowsWithoutAnIDCountAsOftenAsTheyAreThere(t *testing.T) {
	t.Parallel()
	text := []byte("Activity,Date,Owner\ncall,2026-03-02,Lin\ncalls,2026-03-02,Lin\nDemo,2026-03-02,Lin\n")
	first, _, _ := read(t, text, coaching.Layout{})
	again, _, _ := read(t, text, coaching.Layout{})
	if len(first) != 3 || first[0].Subject == first[1].Subject {
		t.Fatalf("read as %v", first)
	}
	for i := range first {
		if first[i].ID != again[i].ID {
			t.Errorf("row %d has another id the second time", i)
		}
	}
}

func TestFormulasAreTextAndComeBackAsTheyWere(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"=cmd|' /C calc'!A0": "'=cmd|' /C calc'!A0", "@SUM(A1)": "'@SUM(A1)", "-5": "-5", "+1 555": "'+1 555", "Acme": "Acme",
	} {
		if got := sheet.Guard(text); got != want {
			t.Errorf("Guard(%q) is %q, want %q", text, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		product := rapid.StringMatching(`[=+\-@'A-Za-z|!0-9 ]{1,20}[a-z]`).Draw(t, "product")
		if strings.TrimSpace(product) != product || product[0] == '\'' {
			t.Skip()
		}
		table, err := sheet.Open(strings.NewReader("id,product\n1,"+sheet.Guard(product)+"\n"), "", ',')
		if err != nil {
			t.Fatal(err)
		}
		row, err := table.Next()
		if err != nil || row.Cells[1] != product {
			t.Fatalf("%q came back as %q, %v", product, row.Cells, err)
		}
	})
}

func TestPastFiguresCostsAndCustomersAreRead(t *testing.T) {
	t.Parallel()
	figures, problems, _ := read(t, []byte("Month,KPI,Value\nJan 2026,Win rate,24%\nQ4 2025,revenue,\"$120,000\"\n"), coaching.Layout{As: "history"})
	if len(problems) > 0 || len(figures) != 2 || figures[0].Fields[coaching.FieldTo] != "2026-01-31" || figures[0].Fields[coaching.FieldMetric] != "winrate" ||
		figures[1].Fields[coaching.FieldFrom] != "2025-10-01" || figures[1].Fields[coaching.FieldValue] != "120000" {
		t.Errorf("figures %v, problems %v", figures, problems)
	}
	costs, problems, _ := read(t, []byte("Period,Category,Cost\n2026-02,Ads,500\n"), coaching.Layout{})
	if len(problems) > 0 || len(costs) != 1 || costs[0].Fields[coaching.FieldCategory] != "marketing" || costs[0].Fields[coaching.FieldTo] != "2026-02-28" {
		t.Errorf("costs %v, problems %v", costs, problems)
	}
	customers, problems, _ := read(t, []byte("customer,tenure months,churned,monthly charge\nC1,3,0,10\nC2,2,1,20\n"), coaching.Layout{})
	if len(problems) > 0 || len(customers) != 3 || customers[0].Fields[coaching.FieldStartedOn] != "2025-12-01" ||
		customers[2].Kind != coaching.CustomerChurned || !customers[2].At.After(customers[1].At) {
		t.Errorf("customers %v, problems %v", customers, problems)
	}
}

func FuzzTables(f *testing.F) {
	for _, seed := range []string{"id,status,amount\n1,won,5\n", "sep=;\nid;x\n", "\xff\xfei\x00d\x00", "\"", "รหัส\t=1+1\n'=\t5", "id,id,id\n1\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		table, err := sheet.Open(bytes.NewReader(text), "", 0)
		if err != nil {
			return
		}
		layout, err := sheet.Understand(table, coaching.Layout{As: "deals"})
		if err != nil {
			return
		}
		reading := sheet.NewReading(layout, coaching.NewWorkspace("slack:T1"), now, now)
		for row, err := table.Next(); err == nil; row, err = table.Next() {
			if events, problem := reading.Events(row); (len(events) == 0) == (problem == nil) {
				t.Fatalf("row %v told %v and %v", row, events, problem)
			}
		}
	})
}
