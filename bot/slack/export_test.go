package slack

import "time"

// Hurry makes the app wait next to nothing where it repeats a call.
func (a *App) Hurry() { a.patience = time.Microsecond }
