package commands_test

import (
	"testing"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

func TestTeamChoosesItsLanguage(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-11-10 09:00")
	o.leads(nok)
	wants(t, o.reads(nok, "settings"), "Language: English")
	for _, name := range []string{"th", "th-TH", "ไทย"} {
		wants(t, o.reads(nok, "settings language "+name), "บันทึกแล้ว", "ภาษา: ไทย")
		if workspace, err := o.store.Workspace(t.Context(), officeID); err != nil || workspace.Language != "th" {
			t.Errorf("%q is kept as %q, %v", name, workspace.Language, err)
		}
		wants(t, o.reads(nok, "settings language English"), "Saved.", "Language: English")
	}
	for _, name := range []string{"fr", "klingon", "t-h", "ภาษา"} {
		o.refuses(nok, "settings language "+name, "language_unknown")
	}
}

func TestMembersAreSpokenToInTheirOwnLanguageFirst(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-11-10 09:00")
	o.leads(nok)
	o.reads(nok, "settings language th")
	for locale, want := range map[string]string{
		"":      "ไม่พบเป้าหมายนี้ /goal list all แสดงทั้งหมดพร้อมหมายเลข\n",
		"th-TH": "ไม่พบเป้าหมายนี้ /goal list all แสดงทั้งหมดพร้อมหมายเลข\n",
		"en-GB": "I find no such goal. /goal list all shows them with their numbers.\n",
	} {
		request := commands.Request{Member: nok, Text: "show #99", Locale: locale}
		_, err := o.ask(request)
		if coaching.CodeOf(err) != coaching.NotFound {
			t.Errorf("%q: %v", locale, err)
		}
		if got := wordsOf(o.router.Explain(request, err, "reference")); got != want {
			t.Errorf("%q is told %q, want %q", locale, got, want)
		}
	}
	wants(t, wordsOf(o.nudges()), "วันพุธที่ 11 พ.ย.", "ทีมยังไม่มีเป้าหมายในโฟกัส")
}

// Slack's slash commands do not tell the language that their member uses.
func TestMembersAreSpokenToInTheLanguageThatThePlatformToldEarlier(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-11-10 09:00")
	told := &directory{admins: []coaching.MemberID{lin}}
	o.consults(told)
	wants(t, o.reads(lin, "settings zone UTC"), "Saved.")
	lin := coaching.Member{Workspace: officeID, ID: lin, Name: "lin", Locale: "th-TH"}
	if err := o.store.SaveMember(t.Context(), lin); err != nil {
		t.Fatal(err)
	}
	wants(t, o.reads(lin.ID, "list"), "ยังไม่มีเป้าหมายที่กำลังทำอยู่")
	wants(t, o.reads(nok, "list"), "No active goals here.")
	request := commands.Request{Member: lin.ID, Text: "show #99"}
	_, err := o.ask(request)
	wants(t, wordsOf(o.router.Explain(request, err, "reference")), "ไม่พบเป้าหมายนี้")
	request.Locale = "en-US" // what a request tells is newer
	_, err = o.ask(request)
	wants(t, wordsOf(o.router.Explain(request, err, "reference")), "I find no such goal.")
	asked := told.asked
	o.reads(ploy, "list")
	if told.asked != asked {
		t.Error("the platform was asked for nothing but a language")
	}
}

func TestLanguageThatARequestTellsIsKept(t *testing.T) {
	t.Parallel()
	o := newOffice(t, "2026-11-10 09:00")
	goal := o.sets(coaching.Calls, nok, "Calls", coaching.Month, "2026-11-01", "100")
	for _, locale := range []string{"th", "en-GB", "th-TH"} {
		if _, err := o.ask(commands.Request{Member: nok, Text: "log #" + goalNumber(goal) + " +1", Locale: locale}); err != nil {
			t.Fatal(err)
		}
		if known, err := o.store.Member(t.Context(), officeID, nok); err != nil || known.Locale != locale || known.Name != "nok" {
			t.Errorf("after a request in %s: %+v, %v", locale, known, err)
		}
	}
	wants(t, o.reads(nok, "list"), "เป้าหมายของคุณ")
}
