package main

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/store"
)

// exportCommand gives everything of a workspace back: as CSV for people and as
// JSON lines for machines, import among them.
type exportCommand struct {
	ofWorkspace
	To     string `required:"" help:"Directory to write to; it is made where it is missing and must hold nothing."`
	Format string `enum:"all,csv,jsonl" default:"all" help:"csv for people, jsonl for machines and for import, or all."`
}

// manifestName is the file that says what an export is, and that it is whole: it
// is written last.
const manifestName = "export.json"

// manifest says what is in an export.
type manifest struct {
	Format    int                  `json:"format"`
	Workspace coaching.WorkspaceID `json:"workspace"`
	Files     []manifestFile       `json:"files"`
}

type manifestFile struct {
	Collection string `json:"collection"`
	Documents  int    `json:"documents"`
	SHA256     string `json:"sha256"`
}

// Run exports, and says what.
func (c *exportCommand) Run(ctx context.Context) (err error) {
	if there, err := os.ReadDir(c.To); err == nil && len(there) > 0 {
		return fmt.Errorf("export: %s is not empty: name a new directory", c.To)
	}
	documents, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, documents.Close(context.WithoutCancel(ctx))) }()
	if err := os.MkdirAll(c.To, 0o700); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	total := 0
	if c.Format != "csv" {
		if total, err = exportLines(ctx, documents, c.Workspace, c.To); err != nil {
			return fmt.Errorf("export: %w", err)
		}
	}
	if c.Format != "jsonl" {
		if total, err = exportSheets(ctx, documents, c.Workspace, c.To); err != nil {
			return fmt.Errorf("export: %w", err)
		}
	}
	if total == 0 {
		return fmt.Errorf("export: there is nothing of workspace %s: check its id", c.Workspace)
	}
	fmt.Printf("%d documents of %s are in %s.\n", total, c.Workspace, c.To)
	return nil
}

// linesFile is one file of JSON lines under way.
type linesFile struct {
	file *os.File
	out  *bufio.Writer
	sum  hash.Hash
	n    int
}

// exportLines writes a file of JSON lines for each collection, and the manifest.
func exportLines(ctx context.Context, documents *store.Store, workspace coaching.WorkspaceID, dir string) (total int, err error) {
	files := make(map[string]*linesFile)
	defer func() {
		for _, f := range files {
			err = errors.Join(err, f.file.Close())
		}
	}()
	for _, name := range store.Exported() {
		file, err := os.OpenFile(filepath.Join(dir, name+".jsonl"), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return 0, err
		}
		sum := sha256.New()
		files[name] = &linesFile{file: file, sum: sum, out: bufio.NewWriter(io.MultiWriter(file, sum))}
	}
	err = documents.Export(ctx, workspace, func(collection string, line []byte) error {
		f := files[collection]
		f.n++
		total++
		_, err := f.out.Write(append(line, '\n'))
		return err
	})
	if err != nil {
		return 0, err
	}
	whole := manifest{Format: store.ExportFormat, Workspace: workspace}
	for _, name := range store.Exported() {
		f := files[name]
		if err := f.out.Flush(); err != nil {
			return 0, err
		}
		whole.Files = append(whole.Files, manifestFile{Collection: name, Documents: f.n, SHA256: hex.EncodeToString(f.sum.Sum(nil))})
	}
	text, err := json.MarshalIndent(whole, "", "  ")
	if err != nil {
		return 0, err
	}
	return total, os.WriteFile(filepath.Join(dir, manifestName), append(text, '\n'), 0o600)
}

// restore brings an export back into a workspace that is empty, or that an
// earlier try left half full.
func restore(ctx context.Context, documents *store.Store, workspace coaching.WorkspaceID, dir string, out io.Writer) error {
	text, err := os.ReadFile(filepath.Join(dir, manifestName)) //nolint:gosec // The directory is the operator's.
	if err != nil {
		return fmt.Errorf("import: %s is no whole export in JSON lines: %w", dir, err)
	}
	var whole manifest
	if err := json.Unmarshal(text, &whole); err != nil {
		return fmt.Errorf("import %s: %w", manifestName, err)
	}
	switch {
	case whole.Format > store.ExportFormat:
		return fmt.Errorf("import: the export has format %d and this program knows up to %d: run a newer smallwins", whole.Format, store.ExportFormat)
	case whole.Workspace != workspace:
		return fmt.Errorf("import: the export is of workspace %s: run it with --workspace %s", whole.Workspace, whole.Workspace)
	}
	for _, file := range whole.Files {
		if !slices.Contains(store.Exported(), file.Collection) {
			return fmt.Errorf("import: this program knows no collection %q: run a newer smallwins", file.Collection)
		}
		if err := checkLines(dir, file); err != nil {
			return err
		}
	}
	total, done := 0, 0
	for _, file := range whole.Files {
		total += file.Documents
	}
	bar := newProgressBar(int64(total))
	defer bar.End()
	for _, file := range whole.Files {
		err := eachLines(dir, file, func(lines [][]byte) error {
			done += len(lines)
			bar.Show(int64(done), file.Collection)
			return documents.Restore(ctx, workspace, file.Collection, lines)
		})
		if err != nil {
			return fmt.Errorf("import: %w", err)
		}
	}
	bar.End()
	fmt.Fprintf(out, "%d documents of %s are restored.\n", total, workspace)
	return nil
}

// checkLines compares a file with what the manifest says of it, before anything
// of it is stored.
func checkLines(dir string, file manifestFile) error {
	opened, err := os.Open(filepath.Join(dir, file.Collection+".jsonl"))
	if err != nil {
		return fmt.Errorf("import: %w", err)
	}
	defer opened.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, opened); err != nil {
		return fmt.Errorf("import: %w", err)
	}
	if !strings.EqualFold(hex.EncodeToString(sum.Sum(nil)), file.SHA256) {
		return fmt.Errorf("import: %s.jsonl is not as it was exported: take the export again", file.Collection)
	}
	return nil
}

// eachLines calls each for the lines of a file, some at a time.
func eachLines(dir string, file manifestFile, each func(lines [][]byte) error) error {
	opened, err := os.Open(filepath.Join(dir, file.Collection+".jsonl"))
	if err != nil {
		return err
	}
	defer opened.Close()
	reader := bufio.NewReader(opened)
	var lines [][]byte
	for {
		line, err := reader.ReadBytes('\n')
		if len(line) > 1 {
			lines = append(lines, line[:len(line)-1])
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if len(lines) == batchRows || err != nil && len(lines) > 0 {
			if err := each(lines); err != nil {
				return err
			}
			lines = lines[:0]
		}
		if err != nil {
			return nil
		}
	}
}
