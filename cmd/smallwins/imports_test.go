package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/smallwins/smallwins/"

// mayImport says which of the project's packages each one may know: the
// direction of the architecture. A package that is not listed is a mistake.
var mayImport = map[string][]string{
	"coaching":          {},
	"coaching/evaluate": {"coaching"},
	"commands":          {"coaching", "commands/sheet"},
	"commands/sheet":    {"coaching"},
	"store/document":    {},
	"store/sqlite":      {"store/document"},
	"store/mongo":       {"store/document"},
	"store/enginetest":  {"store/document"},
	"store/seal":        {},
	"store":             {"coaching", "store/document", "store/sqlite", "store/mongo", "store/seal"},
	"bot":               {"commands", "coaching"},
	"bot/plain":         {},
	"bot/picture":       {"bot/plain", "commands"},
	"bot/slack":         {"bot/plain", "commands", "coaching"},
	"bot/discord":       {"bot/plain", "commands", "coaching"},
	"bot/hooks":         {"commands", "coaching"},
	"bot/sandbox":       {"bot/slack"},
	"bot/load":          {"bot/slack", "coaching", "store"},
	"deploy/slack":      {},
	"cmd/smallwins":     {"deploy/slack", "bot", "bot/slack", "bot/discord", "bot/hooks", "bot/picture", "bot/sandbox", "commands", "commands/sheet", "coaching", "store", "store/seal"},
}

// owners say which package alone may know a library.
var owners = map[string][]string{
	"github.com/gofiber/fiber/v2":                              {"bot", "bot/load"},
	"github.com/go-co-op/gocron/v2":                            {"cmd/smallwins"},
	"github.com/alecthomas/kong":                               {"cmd/smallwins", "bot/load"},
	"github.com/slack-go/slack":                                {"bot/slack"},
	"github.com/bwmarrin/discordgo":                            {"bot/discord"},
	"go.mongodb.org/mongo-driver/v2":                           {"store/mongo"},
	"modernc.org/sqlite":                                       {"store/sqlite"},
	"github.com/nicksnyder/go-i18n/v2":                         {"commands"},
	"github.com/FerretDB/FerretDB":                             {"store/enginetest"},
	"github.com/tink-crypto/tink-go/v2":                        {"store/seal"},
	"github.com/standard-webhooks/standard-webhooks/libraries": {"bot/hooks", "bot/load"},
	"github.com/go-text/typesetting":                           {"bot/picture"},
	"golang.org/x/image":                                       {"bot/picture"},
	"github.com/rickar/cal/v2":                                 {"commands"},
	"github.com/prometheus/client_golang":                      {"bot", "cmd/smallwins"},
}

// domainLibraries are all that coaching may import besides the standard
// library.
var domainLibraries = []string{"github.com/shopspring/decimal", "golang.org/x/text/unicode/norm"}

// impure are what would let IO, clocks or randomness into coaching.
var impure = []string{"context", "os", "net", "net/http", "math/rand", "math/rand/v2", "crypto/rand", "encoding/json", "database/sql", "log", "log/slog"}

func TestImportsPointDown(t *testing.T) {
	t.Parallel()
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() && path != root && (strings.HasPrefix(name, ".") || name == "testdata") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		dir, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		for _, spec := range file.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			if complaint := breach(filepath.ToSlash(dir), imported); complaint != "" {
				t.Errorf("%s imports %s: %s", path, imported, complaint)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// breach says what is wrong with an import, nothing where it is allowed.
func breach(from, imported string) string {
	allowed, known := mayImport[from]
	if !known {
		return "this package has no place in the direction of imports yet"
	}
	if own, ok := strings.CutPrefix(imported, module); ok {
		if !slices.Contains(allowed, own) {
			return "imports point down only"
		}
		return ""
	}
	for library, packages := range owners {
		if imported == library || strings.HasPrefix(imported, library+"/") {
			if !slices.Contains(packages, from) {
				return "only " + strings.Join(packages, " and ") + " may know it"
			}
		}
	}
	if from == "coaching" {
		if strings.Contains(imported, ".") && !slices.Contains(domainLibraries, imported) {
			return "coaching rests on the standard library and decimals"
		}
		if slices.Contains(impure, imported) {
			return "coaching is pure"
		}
	}
	return ""
}

func TestBreachesAreSeen(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from, imported string
		breach         bool
	}{
		{"coaching", "time", false},
		{"coaching", "os", true},
		{"coaching", module + "store", true},
		{"commands", module + "coaching", false},
		{"commands", module + "store", true},
		{"store", module + "commands", true},
		{"bot", module + "bot/slack", true},
		{"bot/slack", module + "bot", true},
		{"bot/slack", "github.com/gofiber/fiber/v2", true},
		{"store", "go.mongodb.org/mongo-driver/v2/bson", true},
		{"util", "fmt", true},
	} {
		if got := breach(c.from, c.imported); (got != "") != c.breach {
			t.Errorf("breach(%s, %s) = %q, want a breach: %v", c.from, c.imported, got, c.breach)
		}
	}
}
