package main

import (
	"context"
	"os"
	"path/filepath"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands/sheet"
	"github.com/smallwins/smallwins/store"
)

// exportSheets writes a CSV file for each collection. Those of deals, leads,
// customers, costs, activities and past figures have the columns that import
// reads.
func exportSheets(ctx context.Context, documents *store.Store, workspace coaching.WorkspaceID, dir string) (total int, err error) {
	for _, name := range store.Exported() {
		header, each := store.Columns(name), func(each func([]string) error) error {
			return documents.Tabulate(ctx, workspace, name, each)
		}
		if kind, subject, found := sheet.OfSubjects(name); found {
			header = sheet.Columns(kind)
			each = func(each func([]string) error) error {
				return documents.EachDossier(ctx, workspace, subject, func(d coaching.Dossier) error { return each(sheet.Cells(kind, d)) })
			}
		}
		n, err := exportSheet(filepath.Join(dir, name+".csv"), header, each)
		if err != nil {
			return 0, err
		}
		total += n
	}
	return total, nil
}

// exportSheet writes one CSV file, with nothing in it that a spreadsheet would
// take for a formula.
func exportSheet(path string, header []string, each func(func([]string) error) error) (rows int, err error) {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // The directory is the operator's.
	if err != nil {
		return 0, err
	}
	defer func() {
		if closing := file.Close(); err == nil {
			err = closing
		}
	}()
	out, err := sheet.NewWriter(file, header)
	if err != nil {
		return 0, err
	}
	err = each(func(cells []string) error {
		rows++
		return out.Write(cells)
	})
	if err != nil {
		return 0, err
	}
	return rows, out.Flush()
}
