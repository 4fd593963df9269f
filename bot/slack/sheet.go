package slack

import (
	"slices"
	"sync"

	slackapi "github.com/slack-go/slack"
)

// sheet is what the blocks of one message are laid out on, from the top down. A
// message is dozens of small values that live and die together, so a sheet keeps
// those of one kind side by side instead of allocating each.
type sheet struct {
	blocks []slackapi.Block

	headers   slab[slackapi.HeaderBlock]
	sections  slab[slackapi.SectionBlock]
	contexts  slab[rowBlock[*slackapi.TextBlockObject]]
	actions   slab[rowBlock[*slackapi.ButtonBlockElement]]
	richTexts slab[slackapi.RichTextBlock]
	lists     slab[bulletList]
	lines     slab[slackapi.RichTextSection]
	spans     slab[slackapi.RichTextSectionTextElement]
	objects   slab[slackapi.TextBlockObject]
	buttons   slab[slackapi.ButtonBlockElement]

	// What the blocks above list, one block's after the other's.
	objectRows strip[*slackapi.TextBlockObject]
	buttonRows strip[*slackapi.ButtonBlockElement]
	lineRows   strip[slackapi.RichTextElement]
	spanRows   strip[slackapi.RichTextSectionElement]
}

// sheets are used again for the answers that are written as JSON at once. What
// the library gets to post stays on its own sheet.
var sheets = sync.Pool{New: func() any { return new(sheet) }}

// release gives a sheet back for the next answer; nothing on it may be used any
// more.
func (s *sheet) release() {
	s.wipe()
	sheets.Put(s)
}

// wipe takes all off a sheet, so that it holds on to nothing that was said.
func (s *sheet) wipe() {
	clear(s.blocks)
	s.blocks = s.blocks[:0]
	s.headers.wipe()
	s.sections.wipe()
	s.contexts.wipe()
	s.actions.wipe()
	s.richTexts.wipe()
	s.lists.wipe()
	s.lines.wipe()
	s.spans.wipe()
	s.objects.wipe()
	s.buttons.wipe()
	s.objectRows.wipe()
	s.buttonRows.wipe()
	s.lineRows.wipe()
	s.spanRows.wipe()
}

// add lays a block below the others.
func (s *sheet) add(block slackapi.Block) { s.blocks = append(s.blocks, block) }

// cut keeps to a number of blocks among the first ones, the last of which then
// says how many were left out. It returns how many there are now; those below
// move up.
func (s *sheet) cut(first, limit int) int {
	if first <= limit {
		return first
	}
	return s.leaveOut(limit-1, first)
}

// leaveOut keeps some of the first blocks and a note about the others.
func (s *sheet) leaveOut(kept, first int) int {
	s.blocks = slices.Replace(s.blocks, kept, first, s.contextOf(plainObject(moreText(first-kept), maxText)))
	return kept + 1
}

// slab holds values of one kind for which there are pointers.
type slab[T any] struct{ values []T }

// keep returns a pointer to the value's place.
func (s *slab[T]) keep(value T) *T {
	if len(s.values) == cap(s.values) {
		// Values never move, so those before stay in a slab of their own.
		const first = 8
		s.values = make([]T, 0, max(first, 2*cap(s.values)))
	}
	s.values = append(s.values, value)
	return &s.values[len(s.values)-1]
}

func (s *slab[T]) wipe() {
	clear(s.values)
	s.values = s.values[:0]
}

// strip holds slices of one kind, one behind the other.
type strip[T any] struct {
	values []T
	begin  int // of the slice that is not taken yet
}

// add appends to the slice at the end.
func (s *strip[T]) add(value T) { s.values = append(s.values, value) }

// isEmpty reports whether nothing was added since the last slice was taken.
func (s *strip[T]) isEmpty() bool { return s.begin == len(s.values) }

// take ends the slice and returns it.
func (s *strip[T]) take() []T {
	taken := s.values[s.begin:len(s.values):len(s.values)]
	s.begin = len(s.values)
	return taken
}

func (s *strip[T]) wipe() {
	clear(s.values)
	s.values, s.begin = s.values[:0], 0
}
