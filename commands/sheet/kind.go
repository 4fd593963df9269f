package sheet

import (
	"fmt"
	"slices"
	"strings"

	"github.com/smallwins/smallwins/coaching"
)

// Kind is what the rows of a table are.
type Kind string

// The kinds of rows.
const (
	Deals      Kind = "deals"
	Leads      Kind = "leads"
	Customers  Kind = "customers"
	Costs      Kind = "costs"
	Activities Kind = "activities"
	History    Kind = "history" // figures of past periods
)

// Kinds returns all kinds.
func Kinds() []Kind { return []Kind{Deals, Leads, Customers, Costs, Activities, History} }

// ParseKind reads the name of a kind.
func ParseKind(name string) (Kind, error) {
	if kind := Kind(strings.ToLower(name)); slices.Contains(Kinds(), kind) {
		return kind, nil
	}
	return "", fmt.Errorf("%q is no kind of rows; write one of deals, leads, customers, costs, activities, history", name)
}

// Fields that a table may have besides those of events.
const (
	fieldID        coaching.EventField = "id"
	fieldFate      coaching.EventField = "outcome"   // won, lost or neither
	fieldWonOn     coaching.EventField = "won_on"    // a lead's deal
	fieldQualified coaching.EventField = "qualified" // yes or no
	fieldChurned   coaching.EventField = "churned"   // yes or no
	fieldTenure    coaching.EventField = "tenure"    // whole months as a customer
	fieldPeriod    coaching.EventField = "period"    // month, quarter, year or week
)

// spec says how a column of a field is known.
type spec struct {
	field    coaching.EventField
	form     coaching.FieldForm
	required bool
	// names are what people call it, lower case without marks and spaces.
	names []string
}

func words(names string) []string { return strings.Fields(names) }

var (
	cutSpecs = []spec{
		{coaching.FieldOwner, coaching.FormText, false, words("owner rep salesrep salesagent salesperson agent seller accountexecutive accountmanager assignedto ownername owneremail dealowner opportunityowner leadowner responsible เจ้าของ พนักงานขาย ผู้ขาย เซลส์ ผู้รับผิดชอบ")},
		{coaching.FieldTerritory, coaching.FormText, false, words("territory region regionaloffice office area country market province branch เขต ภูมิภาค พื้นที่ สาขา จังหวัด ประเทศ")},
		{coaching.FieldProduct, coaching.FormText, false, words("product productname productline item plan สินค้า ผลิตภัณฑ์ แพ็กเกจ")},
		{coaching.FieldType, coaching.FormText, false, words("type dealtype opportunitytype businesstype segment contract contracttype ประเภท ชนิด")},
	}
	currencySpec = spec{coaching.FieldCurrency, coaching.FormCode, false, words("currency currencycode currencyisocode สกุลเงิน")}
	reasonSpec   = spec{coaching.FieldReason, coaching.FormText, false, words("reason lossreason lostreason closedlostreason churnreason เหตุผล สาเหตุ")}
	periodSpecs  = []spec{
		{coaching.FieldFrom, coaching.FormDate, false, words("from fromdate periodstart start startdate ตั้งแต่ วันที่เริ่ม")},
		{coaching.FieldTo, coaching.FormDate, false, words("to todate until periodend end enddate ถึง วันที่สิ้นสุด")},
		{fieldPeriod, "", false, words("period month quarter year week date ช่วงเวลา เดือน ไตรมาส ปี สัปดาห์ วันที่")},
	}
)

// specs are the fields of each kind of row, in the order in which they are
// looked for.
var specs = map[Kind][]spec{
	Deals: slices.Concat([]spec{
		{fieldID, coaching.FormText, true, words("id dealid opportunityid recordid deal opportunity dealnumber รหัส รหัสดีล เลขที่ดีล ดีล")},
		{fieldFate, coaching.FormText, false, words("outcome status dealstatus wonlost result สถานะ ผล ผลลัพธ์")},
		{coaching.FieldStage, coaching.FormText, false, words("stage dealstage stagename pipelinestage opportunitystage salesstage ขั้น ขั้นตอน")},
		{coaching.FieldAmount, coaching.FormAmount, false, words("amount value dealvalue closevalue dealamount opportunityamount price total revenue มูลค่า ยอด จำนวนเงิน ยอดขาย ราคา")},
		{coaching.FieldOpenedOn, coaching.FormDate, false, words("openedon opened opendate created createdate createddate createdat creationdate engagedate startdate dateopened วันที่เปิด วันที่สร้าง วันเริ่ม")},
		{coaching.FieldClosedOn, coaching.FormDate, false, words("closedon closed closedate closeddate closedat dateclosed enddate wondate วันที่ปิด วันปิด")},
		currencySpec, reasonSpec,
	}, cutSpecs),
	Leads: slices.Concat([]spec{
		{fieldID, coaching.FormText, true, words("id leadid mqlid recordid contactid lead รหัส รหัสลีด ลีด")},
		{coaching.FieldReceivedOn, coaching.FormDate, true, words("receivedon received firstcontact firstcontactdate created createdate createddate createdat date วันที่ได้รับ วันที่ติดต่อ วันที่สร้าง")},
		{coaching.FieldQualifiedOn, coaching.FormDate, false, words("qualifiedon qualifieddate datequalified mqldate sqldate วันที่ผ่านการรับรอง")},
		{fieldQualified, coaching.FormFlag, false, words("qualified isqualified ผ่านการรับรอง")},
		{fieldWonOn, coaching.FormDate, false, words("wonon wondate datewon converteddate conversiondate วันที่ปิดการขาย")},
		{coaching.FieldAmount, coaching.FormAmount, false, words("amount value dealvalue มูลค่า")},
		{coaching.FieldSource, coaching.FormText, false, words("source leadsource origin channel originalsource utmsource แหล่งที่มา ช่องทาง ที่มา")},
		{coaching.FieldBudget, coaching.FormFlag, false, words("budget hasbudget งบประมาณ")},
		{coaching.FieldAuthority, coaching.FormFlag, false, words("authority decisionmaker อำนาจตัดสินใจ")},
		{coaching.FieldNeed, coaching.FormFlag, false, words("need hasneed ความต้องการ")},
		{coaching.FieldTiming, coaching.FormFlag, false, words("timing timeline กำหนดเวลา")},
		{coaching.FieldScore, coaching.FormScore, false, words("score leadscore คะแนน")},
		currencySpec,
	}, cutSpecs),
	Customers: slices.Concat([]spec{
		{fieldID, coaching.FormText, true, words("id customer customerid subscriber subscriberid account accountid client clientid company รหัส ลูกค้า รหัสลูกค้า")},
		{coaching.FieldStartedOn, coaching.FormDate, false, words("startedon started startdate signupdate joined joindate since customersince subscribedon วันที่เริ่ม วันเริ่ม")},
		{coaching.FieldChurnedOn, coaching.FormDate, false, words("churnedon churndate cancelled cancelledon canceldate enddate ended lefton lefton วันที่ยกเลิก วันที่เลิกใช้")},
		{fieldChurned, coaching.FormFlag, false, words("churned churn ischurned hasleft เลิกใช้ ยกเลิก")},
		{fieldTenure, coaching.FormCount, false, words("tenure tenuremonths months monthsascustomer อายุลูกค้า จำนวนเดือน")},
		{coaching.FieldValue, coaching.FormAmount, false, words("value monthlyvalue monthlycharge monthlycharges mrr monthlyfee fee price รายเดือน มูลค่าต่อเดือน ค่าบริการ")},
		currencySpec, reasonSpec,
	}, cutSpecs),
	Costs: slices.Concat([]spec{
		{fieldID, coaching.FormText, false, words("id costid recordid invoice invoicenumber รหัส เลขที่")},
		{coaching.FieldCategory, coaching.FormChoice, true, words("category costcategory costtype for หมวด หมวดหมู่ ประเภทค่าใช้จ่าย")},
		{coaching.FieldAmount, coaching.FormAmount, true, words("amount cost value spend spent total จำนวนเงิน ค่าใช้จ่าย ยอด")},
		currencySpec,
	}, periodSpecs, cutSpecs),
	Activities: slices.Concat([]spec{
		{fieldID, coaching.FormText, false, words("id activityid recordid รหัส")},
		{coaching.FieldActivity, coaching.FormChoice, true, words("activity activitytype kind what type กิจกรรม ประเภทกิจกรรม")},
		{coaching.FieldDoneOn, coaching.FormDate, true, words("doneon date day activitydate completedon วันที่ วัน")},
		{coaching.FieldCount, coaching.FormCount, false, words("count number times quantity จำนวน ครั้ง")},
	}, cutSpecs[:3]),
	History: slices.Concat([]spec{
		{coaching.FieldMetric, coaching.FormChoice, true, words("metric kpi kind measure ตัวชี้วัด")},
		{coaching.FieldValue, coaching.FormScore, true, words("value figure amount actual result ตัวเลข ค่า ผล")},
		{coaching.FieldOf, coaching.FormCount, false, words("of base outof จาก")},
		currencySpec,
	}, periodSpecs, cutSpecs),
}

// specOf returns the spec of a field as somebody names it: with or without the
// ending that says it is a day, or by one of its other names.
func specOf(kind Kind, name string) (spec, bool) {
	name = strings.ToLower(strings.TrimSpace(name))
	for _, wanted := range []string{name, name + "_on"} {
		for _, spec := range specs[kind] {
			if string(spec.field) == wanted {
				return spec, true
			}
		}
	}
	for _, spec := range specs[kind] {
		if slices.Contains(spec.names, plain(name)) {
			return spec, true
		}
	}
	return spec{}, false
}

// Fields returns the names of the fields that a kind of row may have.
func Fields(kind Kind) []string {
	names := make([]string, len(specs[kind]))
	for i, spec := range specs[kind] {
		names[i] = string(spec.field)
	}
	return names
}
