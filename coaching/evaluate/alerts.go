package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/smallwins/smallwins/coaching"
)

// stream is one stream of counts to watch.
type stream struct {
	scenario, run, id string
	better            coaching.Direction
	perMonth          int // periods in a month
	counts            []coaching.Rate
}

// firstMonth is the month that every stream begins with: quarters start there.
var firstMonth = coaching.Date{Year: 2001, Month: 1, Day: 1}

// evaluateAlerts watches every stream of the file, those of one scenario and
// run as one family, and writes a line for each alarm: the period after whose
// counts it was raised.
func evaluateAlerts(path string, out io.Writer) error {
	w := csv.NewWriter(out)
	if err := w.Write([]string{"scenario", "run", "stream", "period"}); err != nil {
		return fmt.Errorf("writing the header: %w", err)
	}
	var family []*stream
	flush := func() error {
		alarms, err := watchFamily(family)
		if err != nil {
			return err
		}
		for i, s := range family {
			for _, period := range alarms[i] {
				if err := w.Write([]string{s.scenario, s.run, s.id, strconv.Itoa(period)}); err != nil {
					return err
				}
			}
		}
		family = family[:0]
		return nil
	}
	columns := []string{"scenario", "direction", "periods_per_year", "run", "stream", "counts"}
	err := eachRow(path, columns, func(row []string) error {
		s, err := parseStream(row)
		if err != nil {
			return err
		}
		if len(family) > 0 && (family[0].scenario != s.scenario || family[0].run != s.run) {
			if err := flush(); err != nil {
				return err
			}
		}
		family = append(family, s)
		return nil
	})
	if err != nil {
		return err
	}
	if err := flush(); err != nil {
		return err
	}
	w.Flush()
	return w.Error()
}

// parseStream reads a line. The row is reused by the reader, so that what is
// kept of it is copied.
func parseStream(row []string) (*stream, error) {
	s := &stream{scenario: strings.Clone(row[0]), run: strings.Clone(row[3]), id: strings.Clone(row[4])}
	switch row[1] {
	case "fall":
		s.better = coaching.Higher
	case "rise":
		s.better = coaching.Lower
	default:
		return nil, fmt.Errorf("direction %q: fall or rise", row[1])
	}
	perYear, err := strconv.Atoi(row[2])
	if err != nil || perYear <= 0 || perYear%12 != 0 {
		return nil, fmt.Errorf("periods_per_year %q: a multiple of 12", row[2])
	}
	s.perMonth = perYear / 12
	for count := range strings.FieldsSeq(row[5]) {
		hits, of, _ := strings.Cut(count, "/")
		k, errHits := strconv.Atoi(hits)
		n, errOf := strconv.Atoi(of)
		if errHits != nil || errOf != nil {
			return nil, fmt.Errorf("count %q: two whole numbers and a stroke", count)
		}
		rate, err := coaching.NewRate(k, n)
		if err != nil {
			return nil, fmt.Errorf("count %q: %w", count, err)
		}
		s.counts = append(s.counts, rate)
	}
	return s, nil
}

// watchFamily returns the periods in which each stream of a family raised an
// alarm. Streams side by side are those of representatives.
func watchFamily(family []*stream) (alarms [][]int, err error) {
	alarms = make([][]int, len(family))
	share := coaching.DefaultAlarmBudget.Share(len(family), 1)
	posts, vigils := make([]*post, len(family)), make([]*coaching.Vigil, len(family))
	for i, s := range family {
		watch := coaching.RateWatch{Better: s.better, FalseAlarms: share, Personal: len(family) > 1}
		if posts[i], err = newPost(s, watch); err != nil {
			return nil, fmt.Errorf("stream %s of run %s: %w", s.id, s.run, err)
		}
		vigils[i] = posts[i].vigil
	}
	for period := 0; ; period++ {
		going := false
		for i, p := range posts {
			if period >= len(p.stream.counts) {
				continue
			}
			going = true
			raised, err := p.look(period)
			if err != nil {
				return nil, fmt.Errorf("period %d of stream %s, run %s: %w", period, p.stream.id, p.stream.run, err)
			}
			if raised {
				alarms[i] = append(alarms[i], period)
			}
		}
		if !going {
			return alarms, nil
		}
		coaching.TellPeers(vigils)
	}
}

// post is the vigil over one stream.
type post struct {
	stream *stream
	vigil  *coaching.Vigil
	month  coaching.MonthCount
}

func newPost(s *stream, watch coaching.RateWatch) (*post, error) {
	vigil, err := coaching.NewVigil(watch, coaching.Episode{})
	return &post{stream: s, vigil: vigil, month: coaching.MonthCount{Month: firstMonth}}, err
}

// look takes in a period and reports whether an alarm was raised after it. The
// months of the streams are of as many periods each.
func (p *post) look(period int) (raised bool, err error) {
	p.month.Rate = coaching.PoolRates(p.month.Rate, p.stream.counts[period])
	var alert coaching.RateAlert
	if (period+1)%p.stream.perMonth == 0 {
		if err := p.vigil.Learn(p.month); err != nil {
			return false, err
		}
		p.month = coaching.MonthCount{Month: p.month.Month.AddMonths(1)}
		alert = p.vigil.Judge()
	} else if alert, err = p.vigil.JudgeSoFar(p.month); err != nil {
		return false, err
	}
	return alert.Event == coaching.AlarmBegan, nil
}
