package commands

// Signs are the few words that an adapter shows of its own, where there is no
// reply to show yet.
type Signs struct {
	// Working stands where an answer takes longer.
	Working string
	// Close is the label of what closes a window, in at most 24 characters.
	Close string
}

// Signs returns the signs in a member's language.
func (w *Wording) Signs(locale string) Signs {
	voice := w.In(locale)
	return Signs{Working: voice.Text("sign_working", nil), Close: voice.Text("sign_close", nil)}
}
