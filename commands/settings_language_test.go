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
