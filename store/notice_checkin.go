package store

import (
	"errors"

	"github.com/smallwins/smallwins/coaching"
)

// checkInDoc keeps a check-in, or its digest, as it was decided.
type checkInDoc struct {
	Date   string       `json:"date"`
	Week   string       `json:"week"`
	Member string       `json:"member,omitempty"`
	Goals  []checkedDoc `json:"goals"`
	More   int64        `json:"more,omitempty"`
	Asked  []askedDoc   `json:"asked,omitempty"`
	Away   []string     `json:"away,omitempty"`
}

type checkedDoc struct {
	Standing standingDoc `json:"standing"`
}

type askedDoc struct {
	Member string  `json:"member"`
	Own    []int64 `json:"own,omitempty"`
	Team   []int64 `json:"team,omitempty"`
}

func checkInToDoc(checkIn coaching.CheckIn) *checkInDoc {
	doc := &checkInDoc{
		Date: checkIn.Date.String(), Week: checkIn.Week.String(), Member: string(checkIn.Member),
		Goals: []checkedDoc{}, More: int64(checkIn.MoreGoals),
	}
	for _, checked := range checkIn.Goals {
		doc.Goals = append(doc.Goals, checkedDoc{Standing: standingDoc{Goal: goalToDoc(checked.Goal), Progress: progressToDoc(checked.Progress)}})
	}
	for _, asked := range checkIn.Asked {
		doc.Asked = append(doc.Asked, askedDoc{Member: string(asked.Member), Own: wide(asked.Own), Team: wide(asked.Team)})
	}
	for _, member := range checkIn.Away {
		doc.Away = append(doc.Away, string(member))
	}
	return doc
}

func (d checkInDoc) checkIn() (coaching.CheckIn, error) {
	date, errDate := coaching.ParseDate(d.Date)
	week, errWeek := coaching.ParseDate(d.Week)
	if err := errors.Join(errDate, errWeek); err != nil {
		return coaching.CheckIn{}, err
	}
	checkIn := coaching.CheckIn{Date: date, Week: week, Member: coaching.MemberID(d.Member), MoreGoals: int(d.More)}
	for _, doc := range d.Goals {
		goal, errGoal := doc.Standing.Goal.goal()
		subtotal, errSubtotal := doc.Standing.Progress.subtotal()
		if err := errors.Join(errGoal, errSubtotal); err != nil {
			return coaching.CheckIn{}, err
		}
		checkIn.Goals = append(checkIn.Goals, coaching.Standing{Goal: goal, Progress: subtotal.Progress})
	}
	for _, doc := range d.Asked {
		checkIn.Asked = append(checkIn.Asked, coaching.Asked{Member: coaching.MemberID(doc.Member), Own: narrow(doc.Own), Team: narrow(doc.Team)})
	}
	for _, member := range d.Away {
		checkIn.Away = append(checkIn.Away, coaching.MemberID(member))
	}
	return checkIn, nil
}

func wide(numbers []int) []int64 {
	var all []int64
	for _, number := range numbers {
		all = append(all, int64(number))
	}
	return all
}

func narrow(numbers []int64) []int {
	var all []int
	for _, number := range numbers {
		all = append(all, int(number))
	}
	return all
}

// answeredDoc keeps an answer that is told below its check-in.
type answeredDoc struct {
	Date   string    `json:"date"`
	Answer answerDoc `json:"answer"`
	Goal   goalDoc   `json:"goal"`
	Under  string    `json:"under"`
}

func answeredToDoc(answered coaching.Answered) *answeredDoc {
	return &answeredDoc{
		Date: answered.Date.String(), Answer: answerToDoc(answered.Answer), Goal: goalToDoc(answered.Goal), Under: answered.Under,
	}
}

func (d answeredDoc) answered() (coaching.Answered, error) {
	date, errDate := coaching.ParseDate(d.Date)
	answer, errAnswer := d.Answer.answer()
	goal, errGoal := d.Goal.goal()
	return coaching.Answered{Date: date, Answer: answer, Goal: goal, Under: d.Under}, errors.Join(errDate, errAnswer, errGoal)
}

// endedDoc keeps what is told of a goal whose period is over.
type endedDoc struct {
	Date   string    `json:"date"`
	Member string    `json:"member,omitempty"`
	Review reviewDoc `json:"review"`
	Keep   string    `json:"keep,omitempty"`
	Ticked int64     `json:"ticked,omitempty"`
}

func endedToDoc(ended coaching.Ended) *endedDoc {
	return &endedDoc{
		Date: ended.Date.String(), Member: string(ended.Member), Review: reviewToDoc(ended.Review), Keep: ended.Keep, Ticked: int64(ended.Ticked),
	}
}

func (d endedDoc) ended() (coaching.Ended, error) {
	date, errDate := coaching.ParseDate(d.Date)
	review, errReview := d.Review.review()
	return coaching.Ended{
		Date: date, Member: coaching.MemberID(d.Member), Review: review, Keep: d.Keep, Ticked: int(d.Ticked),
	}, errors.Join(errDate, errReview)
}
