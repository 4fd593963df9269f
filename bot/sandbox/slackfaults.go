package sandbox

// LimitRate switches the limit of about one message a second per channel.
func (a *SlackAPI) LimitRate(on bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.limited = on
}

// refusal returns the error that the fault answers with, if that is its kind.
func (f Fault) refusal() *refusal {
	if f.Kind != FaultRefuse {
		return nil
	}
	return refuse(f.Error)
}
