package store

import (
	"errors"

	"github.com/smallwins/smallwins/coaching"
)

// streamDoc names a stream.
type streamDoc struct {
	Family string `json:"family"`
	Part   string `json:"part,omitempty"`
}

func streamToDoc(stream coaching.Stream) streamDoc {
	return streamDoc{Family: string(stream.Family), Part: stream.Part}
}

func (d streamDoc) stream() coaching.Stream {
	return coaching.Stream{Family: coaching.StreamFamily(d.Family), Part: d.Part}
}

// rateDoc is a rate by its counts.
type rateDoc struct {
	Hits int64 `json:"hits"`
	Of   int64 `json:"of"`
}

func rateToDoc(rate coaching.Rate) rateDoc {
	return rateDoc{Hits: int64(rate.Hits), Of: int64(rate.Of)}
}

func (d rateDoc) rate() coaching.Rate { return coaching.Rate{Hits: int(d.Hits), Of: int(d.Of)} }

// warningDoc keeps a warning as it was decided.
type warningDoc struct {
	Date    string           `json:"date"`
	Member  string           `json:"member,omitempty"`
	Warning string           `json:"warning"`
	Event   string           `json:"event"`
	Stream  streamDoc        `json:"stream"`
	Owner   string           `json:"owner,omitempty"`
	Since   string           `json:"since,omitempty"`
	Sure    float64          `json:"sure"`
	Counted bool             `json:"counted,omitempty"`
	Before  rateDoc          `json:"before"`
	Now     rateDoc          `json:"now"`
	Usual   float64          `json:"usual"`
	Was     float64          `json:"was"`
	Is      float64          `json:"is"`
	Low     float64          `json:"low"`
	High    float64          `json:"high"`
	Level   *float64         `json:"level,omitempty"` // nil: against its own past
	Parts   []warningPartDoc `json:"parts,omitempty"`
	Plays   []string         `json:"plays,omitempty"`
}

type warningPartDoc struct {
	Stream streamDoc `json:"stream"`
	Before rateDoc   `json:"before"`
	Now    rateDoc   `json:"now"`
}

func warningToDoc(w coaching.Warning) *warningDoc {
	doc := &warningDoc{
		Date: w.Date.String(), Member: string(w.Member), Warning: w.ID, Event: string(w.Event), Stream: streamToDoc(w.Stream),
		Owner: string(w.Owner), Since: dateText(w.Since), Sure: w.Sure, Counted: w.Counted, Before: rateToDoc(w.Before), Now: rateToDoc(w.Now),
		Usual: w.Usual, Was: w.Was, Is: w.Is, Low: w.Low, High: w.High,
	}
	if w.HasLevel {
		doc.Level = &w.Level
	}
	for _, part := range w.Parts {
		doc.Parts = append(doc.Parts, warningPartDoc{Stream: streamToDoc(part.Stream), Before: rateToDoc(part.Before), Now: rateToDoc(part.Now)})
	}
	for _, play := range w.Plays {
		doc.Plays = append(doc.Plays, string(play))
	}
	return doc
}

func (d warningDoc) warning() (coaching.Warning, error) {
	date, errDate := coaching.ParseDate(d.Date)
	since, errSince := optionalDate(d.Since)
	w := coaching.Warning{
		Date: date, Member: coaching.MemberID(d.Member), ID: d.Warning, Event: coaching.AlarmEvent(d.Event), Stream: d.Stream.stream(),
		Owner: coaching.MemberID(d.Owner), Since: since, Sure: d.Sure, Counted: d.Counted, Before: d.Before.rate(), Now: d.Now.rate(),
		Usual: d.Usual, Was: d.Was, Is: d.Is, Low: d.Low, High: d.High,
	}
	if d.Level != nil {
		w.Level, w.HasLevel = *d.Level, true
	}
	for _, part := range d.Parts {
		w.Parts = append(w.Parts, coaching.WarningPart{Stream: part.Stream.stream(), Before: part.Before.rate(), Now: part.Now.rate()})
	}
	for _, play := range d.Plays {
		w.Plays = append(w.Plays, coaching.PlayID(play))
	}
	return w, errors.Join(errDate, errSince)
}

// thinDoc keeps of which streams there is too little.
type thinDoc struct {
	Date    string          `json:"date"`
	Member  string          `json:"member,omitempty"`
	Streams []thinStreamDoc `json:"streams"`
}

type thinStreamDoc struct {
	Stream  streamDoc `json:"stream"`
	Owner   string    `json:"owner,omitempty"`
	Counted bool      `json:"counted,omitempty"`
	Cases   int64     `json:"cases"`
	Needs   int64     `json:"needs"`
}

func thinToDoc(thin coaching.Thin) *thinDoc {
	doc := &thinDoc{Date: thin.Date.String(), Member: string(thin.Member), Streams: []thinStreamDoc{}}
	for _, each := range thin.Streams {
		doc.Streams = append(doc.Streams, thinStreamDoc{
			Stream: streamToDoc(each.Stream), Owner: string(each.Owner), Counted: each.Counted, Cases: int64(each.Cases), Needs: int64(each.Needs),
		})
	}
	return doc
}

func (d thinDoc) thin() (coaching.Thin, error) {
	date, err := coaching.ParseDate(d.Date)
	thin := coaching.Thin{Date: date, Member: coaching.MemberID(d.Member)}
	for _, each := range d.Streams {
		thin.Streams = append(thin.Streams, coaching.ThinStream{
			Stream: each.Stream.stream(), Owner: coaching.MemberID(each.Owner), Counted: each.Counted, Cases: int(each.Cases), Needs: int(each.Needs),
		})
	}
	return thin, err
}
