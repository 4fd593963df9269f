//go:build race

package commands_test

// racing is set under the race detector, which makes the embedded database many
// times slower.
const racing = true
