package coaching

// metricTerm is something that sales teams measure, with the names they use.
type metricTerm struct {
	StatedMetric
	// weak names lose to any other in the same statement: in "sales: 20 demos"
	// the demos are measured.
	weak          bool
	english, thai string
}

// MetricOf returns the metric of a kind as a statement that names it has it, for
// a kind that was picked rather than written.
func MetricOf(kind Kind) StatedMetric {
	traits, _ := TraitsOf(kind)
	return StatedMetric{Kind: kind, Unit: traits.Unit, Nature: traits.Nature, Better: traits.Better, known: true}
}

// countedAs is a custom metric with the traits of its words.
func countedAs(unit Unit, nature Nature, better Direction) StatedMetric {
	return StatedMetric{Kind: Custom, Unit: unit, Nature: nature, Better: better, known: true}
}

var recurringRevenue = StatedMetric{Kind: Revenue, Unit: Money, Nature: Level, Better: Higher, Recurring: true, known: true}

// statedMetrics are the metrics that statements can name. Retention is a metric
// of its own rather than churn turned round: "retention to 95%" says 95, and a
// reader who is shown 5 would look for it in vain.
var statedMetrics = []metricTerm{
	{
		StatedMetric: recurringRevenue,
		english: "monthly recurring revenue|annual recurring revenue|annualized recurring revenue|annualised recurring revenue|" +
			"yearly recurring revenue|recurring revenue|subscription revenue|mrr|arr",
		thai: "รายได้ประจำประจำปี|รายได้ประจำรายเดือน|รายได้ประจำรายปี|รายได้ประจำต่อเดือน|รายได้ประจำต่อปี|รายได้ประจำ|" +
			"รายได้ที่เกิดซ้ำรายเดือน|รายได้ที่เกิดซ้ำ|รายได้เกิดซ้ำ",
	},
	{
		StatedMetric: MetricOf(Revenue),
		english: "revenue|revenues|sales revenue|annual revenue|monthly revenue|turnover|bookings|income|gross sales|net sales|new business|" +
			"new mrr|new arr|net new mrr|net new arr|sales volume",
		thai: "รายได้|ยอดขาย|รายรับ|กระแสรายได้|ยอดรายได้",
	},
	{
		StatedMetric: MetricOf(Revenue), weak: true,
		english: "sales|sell|selling|quota|sales quota|sales target",
		thai:    "การขาย|ขายให้ได้|ขาย|ยอด",
	},
	{
		StatedMetric: MetricOf(Churn),
		english: "customer churn rate|customer churn|churn rate|churn|logo churn|revenue churn|client churn|subscriber churn|" +
			"attrition|customer attrition|attrition rate|cancellation rate",
		thai: "อัตราการเลิกใช้บริการของลูกค้า|อัตราการเลิกใช้บริการ|การเลิกใช้บริการ|อัตราการเลิกใช้งานของลูกค้า|อัตราการเลิกใช้งาน|" +
			"อัตราการเลิกใช้|อัตราเลิกใช้|การเลิกใช้งาน|อัตราการปั่นของลูกค้า|อัตราการปั่น|" +
			"การปั่นของลูกค้า|การปั่นป่วนของลูกค้า|การปั่น|อัตราการเลิกเล่น|อัตราการเลิกผลิต|อัตราการสูญเสียลูกค้า|การสูญเสียลูกค้า|อัตราการยกเลิก",
	},
	{
		StatedMetric: countedAs(Percent, Ratio, Higher),
		english: "customer retention rate|customer retention|retention rate|retention|renewal rate|net revenue retention|" +
			"gross revenue retention|nrr|grr|market share|quota attainment",
		thai: "อัตราการรักษาลูกค้า|การรักษาลูกค้า|อัตราการต่ออายุ|ส่วนแบ่งตลาด",
	},
	{
		StatedMetric: MetricOf(Margin),
		english:      "profit margin|profit margins|gross profit margin|gross margin|gross margins|net margin|operating margin|contribution margin|margin|margins",
		thai:         "อัตรากำไรขั้นต้น|อัตรากำไรสุทธิ|อัตรากำไร|มาร์จิ้น|มาร์จิน",
	},
	{
		StatedMetric: countedAs(Money, Sum, Higher),
		english:      "profit|profits|gross profit|net profit",
		thai:         "กำไรขั้นต้น|กำไรสุทธิ|กำไร",
	},
	{
		StatedMetric: MetricOf(CLV),
		english:      "customer lifetime value|lifetime value|client lifetime value|clv|cltv|ltv",
		thai: "มูลค่าตลอดอายุการใช้งานของลูกค้า|มูลค่าตลอดช่วงชีวิตของลูกค้า|มูลค่าตลอดอายุการใช้งานลูกค้า|มูลค่าตลอดอายุของลูกค้า|" +
			"มูลค่าตลอดชีพของลูกค้า|มูลค่าตลอดอายุการใช้งาน|มูลค่าตลอดช่วงชีวิต",
	},
	{
		StatedMetric: MetricOf(Leads),
		english: "leads|lead|qualified leads|qualified lead|sales qualified leads|marketing qualified leads|inbound leads|new leads|new qualified leads|" +
			"warm leads|prospects|qualified prospects|new prospects|sqls|sql|mqls|mql|lead generation",
		thai: "ลีดที่ผ่านการรับรอง|ลีดที่มีคุณสมบัติ|ลีดคุณภาพ|ลีดใหม่|ลีด|ลูกค้าเป้าหมายที่มีคุณสมบัติ|ลูกค้าเป้าหมาย|ลูกค้ามุ่งหวัง|" +
			"ผู้มีโอกาสเป็นลูกค้า|ผู้มีแนวโน้มจะเป็นลูกค้า|ผู้มีแนวโน้มเป็นลูกค้า",
	},
	{
		StatedMetric: MetricOf(WinRate),
		english:      "win rate|win rates|winrate|win ratio|close rate|close rates|closing rate|closing ratio|deal win rate|sales win rate",
		thai:         "อัตราการชนะ|อัตราชนะ|อัตราการปิดการขาย|อัตราปิดการขาย|อัตราการปิดดีล|อัตราปิดดีล",
	},
	{
		StatedMetric: MetricOf(CAC),
		english: "customer acquisition cost|customer acquisition costs|customer acquisition|acquisition cost|acquisition costs|cost per acquisition|" +
			"cost of acquisition|cost of customer acquisition|cost per customer|cac|cpa",
		thai: "ต้นทุนการได้มาซึ่งลูกค้า|ต้นทุนการได้ลูกค้าใหม่|ต้นทุนการได้ลูกค้า|ต้นทุนการหาลูกค้าใหม่|ต้นทุนการหาลูกค้า|ต้นทุนต่อลูกค้า|ค่าใช้จ่ายในการหาลูกค้า",
	},
	{
		StatedMetric: MetricOf(Cycle),
		english: "sales cycle length|sales cycle time|sales cycle|sales cycles|length of the sales cycle|length of our sales cycle|average sales cycle|" +
			"deal cycle|deal cycles|time to close|selling cycle",
		thai: "ระยะเวลาของวงจรการขาย|ระยะเวลาในวงจรการขาย|ระยะเวลาวงจรการขาย|วงจรการขาย|รอบการขาย|ระยะเวลาปิดการขาย|ระยะเวลาในการปิดการขาย",
	},
	{
		StatedMetric: MetricOf(Calls),
		english:      "calls|call|sales calls|sales call|cold calls|phone calls|phone call|discovery calls|follow up calls|dials|outbound calls|calling",
		thai:         "การโทรขาย|การโทร|โทรขาย|โทรหาลูกค้า|โทรศัพท์หาลูกค้า|โทรศัพท์|โทรเย็น|โทร",
	},
	{
		StatedMetric: MetricOf(Emails),
		english:      "emails|email|e mails|e mail|sales emails|cold emails|outreach emails|follow up emails|mails",
		thai:         "อีเมลที่ส่ง|ส่งอีเมล|ส่งอีเมล์|อีเมลเย็น|อีเมล|อีเมล์",
	},
	{
		StatedMetric: MetricOf(Meetings),
		english: "meetings|meeting|sales meetings|client meetings|customer meetings|discovery meetings|demos|demo|product demos|sales demos|" +
			"demonstrations|appointments|appointment",
		thai: "นัดประชุมลูกค้า|นัดประชุม|การประชุม|ประชุม|เดโม่|เดโม|สาธิตสินค้า|การสาธิต|สาธิต|นัดพบลูกค้า|พบลูกค้า|นัดลูกค้า|นัดหมาย|เข้าพบลูกค้า",
	},
	{
		StatedMetric: countedAs(Money, Level, Higher),
		english: "average deal size|average deal value|deal size|average contract value|contract value|acv|average order value|aov|arpu|" +
			"average revenue per user|average revenue per account|sales pipeline|pipeline",
		thai: "ขนาดดีลเฉลี่ย|มูลค่าดีลเฉลี่ย|ยอดขายเฉลี่ยต่อบิล|ไปป์ไลน์",
	},
	{
		StatedMetric: countedAs(Percent, Ratio, Higher), weak: true,
		english: "rate|rates|ratio|conversion|conversion rate|conversion rates",
		thai:    "อัตราการแปลง|อัตราคอนเวอร์ชัน|อัตรา",
	},
	{
		StatedMetric: MetricOf(Custom), weak: true,
		english: "deals|deal|customers|customer|new customers|new customer|clients|new clients|accounts|new accounts|proposals|quotes|contracts|" +
			"renewals|opportunities|new opportunities|qualified opportunities|referrals|upsells|trials|signups|sign ups|subscriptions|units|orders|licenses|logos|new logos",
		thai: "ลูกค้าใหม่|ลูกค้า|ดีล|ใบเสนอราคา|สัญญา|ออเดอร์|คำสั่งซื้อ|ปิดการขาย",
	},
}
