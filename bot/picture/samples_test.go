package picture_test

import (
	"math"

	"github.com/smallwins/smallwins/commands"
)

// samples are charts of every kind, as commands makes them, in both languages.
func samples() map[string]commands.Chart {
	return map[string]commands.Chart{
		"goal_en":    goalChart(english),
		"goal_th":    goalChart(thai),
		"history_en": historyChart(english),
		"history_th": historyChart(thai),
		"funnel_en":  funnelChart(english),
		"funnel_th":  funnelChart(thai),
		"rate_en":    rateChart(english),
		"rate_th":    rateChart(thai),
	}
}

// tongue is the words of a sample.
type tongue struct {
	goal, lead, logged, expected, target, likely, milestone string
	days                                                    [3]string
	history, historyLead, figures, band                     string
	months                                                  [4]string
	funnel, funnelLead                                      string
	stages                                                  [4]string
	rate, rateLead, won, sure, moment                       string
}

var english = tongue{
	goal: "#12 Demos · Mar 2026", lead: "9 of 20 demos, 2 behind: likely to end at 15–22",
	logged: "Logged", expected: "Expected", target: "Target", likely: "4 times in 5", milestone: "Milestone",
	days:    [3]string{"1 Mar", "16 Mar", "31 Mar"},
	history: "Revenue by month", historyLead: "Jul 2026: realistic between $52k and $66k",
	figures: "Revenue", band: "4 times in 5",
	months: [4]string{"Jul 2025", "Nov", "Mar", "Jul 2026"},
	funnel: "Where leads are lost", funnelLead: "Weakest step: proposal → customer, 21 of 120",
	stages: [4]string{"Calls", "Meetings", "Proposals", "Customers"},
	rate:   "Win rate by month", rateLead: "From 31% to 22% since Apr, 96 of 430 deals",
	won: "Win rate", sure: "95% sure", moment: "Warning",
}

// thai holds what is hard to set: tone marks above vowels, vowels below
// descenders, and sara am.
var thai = tongue{
	goal: "#12 เดโม · มี.ค. 2569", lead: "ทำได้ 9 จาก 20 ครั้ง ช้ากว่าแผน 2 น่าจะจบที่ 15–22",
	logged: "บันทึกแล้ว", expected: "ที่ควรเป็น", target: "เป้า", likely: "4 ใน 5 ครั้ง", milestone: "หมุดหมาย",
	days:    [3]string{"1 มี.ค.", "16 มี.ค.", "31 มี.ค."},
	history: "รายได้รายเดือน", historyLead: "ก.ค. 2569: สมจริงที่ ฿520k ถึง ฿660k",
	figures: "รายได้", band: "4 ใน 5 ครั้ง",
	months: [4]string{"ก.ค. 2568", "พ.ย.", "มี.ค.", "ก.ค. 2569"},
	funnel: "เสียลีดที่ขั้นไหน", funnelLead: "ขั้นที่อ่อนที่สุด: ใบเสนอราคา → ลูกค้า 21 จาก 120",
	stages: [4]string{"โทรหาลูกค้า", "นัดประชุม", "ใบเสนอราคา", "ลูกค้าใหม่ที่ซื้อ"},
	rate:   "อัตราการปิดการขายรายเดือน", rateLead: "จาก 31% เหลือ 22% ตั้งแต่ เม.ย. (96 จาก 430 ดีล) ที่นี่ก้ำกึ่ง",
	won: "อัตราการปิดการขาย", sure: "มั่นใจ 95%", moment: "เตือน",
}

func goalChart(t tongue) commands.Chart {
	chart := commands.Chart{
		Title: t.goal, Lead: t.lead,
		Across: commands.Scale{Low: 0, High: 31, Ticks: []commands.Tick{{At: 1, Label: t.days[0]}, {At: 16, Label: t.days[1]}, {At: 31, Label: t.days[2]}}},
		Up:     commands.Scale{Low: 0, High: 25, Ticks: []commands.Tick{{At: 0, Label: "0"}, {At: 5, Label: "5"}, {At: 10, Label: "10"}, {At: 15, Label: "15"}, {At: 20, Label: "20"}, {At: 25, Label: "25"}}},
		Marks: []commands.Mark{
			{Role: commands.MarkKept, Name: t.milestone, At: 6, Value: 4},
			{Role: commands.MarkMissed, At: 13, Value: 8.5},
			{Role: commands.MarkAhead, At: 20, Value: 13, Label: "13"},
			{Role: commands.MarkAhead, At: 27, Value: 17},
			{Role: commands.MarkNow, At: 17, Value: 9, Label: "9"},
		},
	}
	actual := commands.Series{Name: t.logged, Role: commands.Actual}
	for day, value := range []float64{0, 0, 1, 2, 3, 4, 4, 4, 4, 5, 6, 6, 7, 7, 7, 7, 8, 9} {
		actual.Points = append(actual.Points, commands.Point{At: float64(day), Value: value})
	}
	expected := commands.Series{Name: t.expected, Role: commands.Expected}
	for day := range 32 {
		expected.Points = append(expected.Points, commands.Point{At: float64(day), Value: 20 * float64(day) / 31})
	}
	target := commands.Series{Name: t.target, Role: commands.Target, Points: []commands.Point{{At: 0, Value: 20}, {At: 31, Value: 20}}}
	fan := commands.Band{Name: t.likely}
	for day := 17; day <= 31; day++ {
		done := float64(day-17) / 14
		middle, spread := 9+9.5*done, 4*math.Sqrt(done)
		fan.Points = append(fan.Points, commands.BandPoint{At: float64(day), Low: max(middle-spread, 9), High: middle + spread})
	}
	chart.Series, chart.Bands = []commands.Series{actual, expected, target}, []commands.Band{fan}
	return chart
}

func historyChart(t tongue) commands.Chart {
	actual := commands.Series{Name: t.figures, Role: commands.Actual}
	for month, value := range []float64{41, 43, 40, 47, 49, 58, 44, 46, 50, 52, 51, 55} {
		actual.Points = append(actual.Points, commands.Point{At: float64(month), Value: value})
	}
	return commands.Chart{
		Title: t.history, Lead: t.historyLead,
		Across: commands.Scale{Low: -0.5, High: 12.5, Ticks: []commands.Tick{{At: 0, Label: t.months[0]}, {At: 4, Label: t.months[1]}, {At: 8, Label: t.months[2]}, {At: 12, Label: t.months[3]}}},
		Up:     commands.Scale{Low: 0, High: 80, Ticks: []commands.Tick{{At: 0, Label: "$0"}, {At: 20, Label: "$20k"}, {At: 40, Label: "$40k"}, {At: 60, Label: "$60k"}, {At: 80, Label: "$80k"}}},
		Series: []commands.Series{actual},
		Bands:  []commands.Band{{Name: t.band, Points: []commands.BandPoint{{At: 11.6, Low: 52, High: 66}, {At: 12.4, Low: 52, High: 66}}}},
		Marks:  []commands.Mark{{Role: commands.MarkNow, At: 11, Value: 55, Label: "$55k"}},
	}
}

func funnelChart(t tongue) commands.Chart {
	return commands.Chart{Title: t.funnel, Lead: t.funnelLead, Bars: []commands.Bar{
		{Label: t.stages[0], Share: 1, Value: "1,200"},
		{Label: t.stages[1], Share: 0.25, Value: "300"},
		{Label: t.stages[2], Share: 0.1, Value: "120"},
		{Label: t.stages[3], Share: 0.0175, Value: "21", Weak: true},
	}}
}

func rateChart(t tongue) commands.Chart {
	actual, sure := commands.Series{Name: t.won, Role: commands.Actual}, commands.Band{Name: t.sure}
	for month, value := range []float64{31, 30, 33, 29, 32, 31, 24, 22, 21} {
		actual.Points = append(actual.Points, commands.Point{At: float64(month), Value: value})
		sure.Points = append(sure.Points, commands.BandPoint{At: float64(month), Low: value - 5, High: value + 6})
	}
	return commands.Chart{
		Title: t.rate, Lead: t.rateLead,
		Across: commands.Scale{Low: -0.3, High: 8.3, Ticks: []commands.Tick{{At: 0, Label: t.months[0]}, {At: 4, Label: t.months[1]}, {At: 8, Label: t.months[2]}}},
		Up:     commands.Scale{Low: 0, High: 40, Ticks: []commands.Tick{{At: 0, Label: "0%"}, {At: 10, Label: "10%"}, {At: 20, Label: "20%"}, {At: 30, Label: "30%"}, {At: 40, Label: "40%"}}},
		Series: []commands.Series{actual}, Bands: []commands.Band{sure},
		Marks: []commands.Mark{
			{Role: commands.MarkMoment, Name: t.moment, At: 6, Label: t.moment},
			{Role: commands.MarkNow, At: 8, Value: 21, Label: "21%"},
		},
	}
}
