//go:build !race

package commands_test

const racing = false
