package coaching

// EventOutcome is what became of an event that was sent.
type EventOutcome string

// The outcomes. An event that was accepted or repeated is durable and counted.
const (
	EventAccepted EventOutcome = "accepted"
	EventRepeated EventOutcome = "repeated" // known already, with the same content
	EventRefused  EventOutcome = "refused"
)

// EventResult tells of one event of a batch.
type EventResult struct {
	ID      string
	Outcome EventOutcome
	// Why says what is wrong with a refused event, nil with others.
	Why *EventError
}
