// Command evaluate runs the coaching rules over public data, so that an
// outside program can rate them. It uses the same functions as the product and
// has no settings of its own.
//
//	evaluate forecast -data DIR [-last N]
//	evaluate pace -data DIR -points FILE
//	evaluate alerts -streams FILE
//	evaluate replay -data DIR
//
// The result goes to standard output as CSV.
package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
)

// subcommands are what can be evaluated. Each defines its flags and returns
// what to do once they are parsed.
var subcommands = map[string]func(*flag.FlagSet) func(io.Writer) error{
	"forecast": func(flags *flag.FlagSet) func(io.Writer) error {
		dir := flags.String("data", "", "folder with forecast_meta.csv and forecast_train.csv")
		last := flags.Int("last", 0, "use only the last N values of each series (0: all)")
		return func(out io.Writer) error { return evaluateForecast(*dir, *last, out) }
	},
	"pace": func(flags *flag.FlagSet) func(io.Writer) error {
		dir := flags.String("data", "", "folder with daily_sales.csv")
		points := flags.String("points", "", "file with the points to judge")
		return func(out io.Writer) error { return evaluatePace(*dir, *points, out) }
	},
	"alerts": func(flags *flag.FlagSet) func(io.Writer) error {
		streams := flags.String("streams", "", "file with the streams of counts to watch")
		return func(out io.Writer) error { return evaluateAlerts(*streams, out) }
	},
	"replay": func(flags *flag.FlagSet) func(io.Writer) error {
		dir := flags.String("data", "", "folder with crm_opportunities.csv and subscribers.csv")
		return func(out io.Writer) error { return evaluateReplay(*dir, out) }
	},
}

func main() {
	if err := run(os.Args[1:], os.Stdout, os.Stderr); err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(os.Stderr, "evaluate:", err)
		}
		os.Exit(2)
	}
}

// run evaluates what the arguments name and writes the result to out.
func run(args []string, out, messages io.Writer) error {
	if len(args) == 0 {
		return errors.New("say what: forecast, pace, alerts or replay")
	}
	define, ok := subcommands[args[0]]
	if !ok {
		return fmt.Errorf("no %q: forecast, pace, alerts or replay", args[0])
	}
	flags := flag.NewFlagSet("evaluate "+args[0], flag.ContinueOnError)
	flags.SetOutput(messages)
	evaluate := define(flags)
	if err := flags.Parse(args[1:]); err != nil {
		return fmt.Errorf("reading the flags: %w", err)
	}
	buffered := bufio.NewWriter(out)
	if err := evaluate(buffered); err != nil {
		return fmt.Errorf("%s: %w", args[0], err)
	}
	if err := buffered.Flush(); err != nil {
		return fmt.Errorf("writing the result: %w", err)
	}
	return nil
}
