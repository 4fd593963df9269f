// Package slack holds the manifest of the Slack app, for the program to print.
package slack

import (
	_ "embed" // the manifest
	"strings"
)

//go:embed manifest.yaml
var manifest string

// example is the address that stands in the manifest for the server's own.
const example = "https://smallwins.example.com"

// Manifest returns the app's manifest, as YAML, for a server that Slack reaches
// at an https address. Without one, an example stands in its place.
func Manifest(publicURL string) string {
	if publicURL == "" {
		return manifest
	}
	return strings.ReplaceAll(manifest, example, strings.TrimRight(publicURL, "/"))
}
