package slack

import (
	"context"
	"crypto/sha256"
	"fmt"
	"sync"

	slackapi "github.com/slack-go/slack"

	"github.com/smallwins/smallwins/coaching"
	"github.com/smallwins/smallwins/commands"
)

// picture is a chart that Slack has as a file.
type picture struct {
	commands.Chart
	file string
}

// block returns the picture with what it shows in words.
func (p picture) block() slackapi.Block {
	return slackapi.NewImageBlockSlackFile(&slackapi.SlackFileObject{ID: p.file}, truncate(orEllipsis(clean(p.Alt)), maxAlt), "", nil)
}

// inWords is what stands in a chart's place where there is no picture.
func (s *sheet) inWords(chart commands.Chart, first bool) {
	s.heading(commands.Line{{Text: chart.Title}}, first)
	text := s.richText()
	text.text(clean(chart.Alt), nil)
	text.end()
}

// keptFiles bounds how many files of pictures are remembered.
const keptFiles = 256

// pictures makes files of charts and remembers them, since the same picture is
// asked for again while nothing has changed.
type pictures struct {
	draw func(commands.Chart) ([]byte, error)

	mu    sync.Mutex
	files map[pictureKey]string
}

// pictureKey is a picture in one workspace: files belong to one.
type pictureKey struct {
	workspace coaching.WorkspaceID
	sum       [sha256.Size]byte
}

func newPictures(draw func(commands.Chart) ([]byte, error)) *pictures {
	return &pictures{draw: draw, files: make(map[pictureKey]string)}
}

// draws reports whether a reply holds something to draw.
func (p *pictures) draws(reply commands.Reply) bool {
	if p.draw == nil {
		return false
	}
	for _, part := range reply.Parts {
		if _, found := part.(commands.Chart); found {
			return true
		}
	}
	return false
}

func (p *pictures) file(key pictureKey) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.files[key]
}

func (p *pictures) keep(key pictureKey, file string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for old := range p.files {
		if len(p.files) < keptFiles {
			break
		}
		delete(p.files, old)
	}
	p.files[key] = file
}

// forget drops the files of a reply's pictures: one that somebody deleted is not
// to be shown again.
func (p *pictures) forget(reply commands.Reply) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, part := range reply.Parts {
		shown, found := part.(picture)
		for key, file := range p.files {
			if found && file == shown.file {
				delete(p.files, key)
			}
		}
	}
}

// How often a message with a picture is tried, and what the first wait between
// two tries is in the app's patience. Slack takes a file before it is ready to be
// shown, some seconds at most, and calls blocks with such a file invalid. Of the
// five uses of a response address one stays for the answer in words.
const (
	pictureTries    = 3
	picturePatience = 8
)

// withPictures sends a reply with its charts as pictures. Where Slack does not
// take them, because the app may not upload files or a file is not there, the
// reply goes out with its charts in words: nobody needs to hear of it.
func (a *App) withPictures(ctx context.Context, workspace coaching.WorkspaceID, reply commands.Reply, send func(commands.Reply) error) error {
	drawn, found := a.pictured(ctx, workspace, reply)
	if !found {
		return send(reply)
	}
	wait := picturePatience * a.patience
	for try := range pictureTries {
		if try > 0 {
			if pause(ctx, wait) != nil {
				break
			}
			wait *= 2
		}
		if err := send(drawn); refusalOf(err) != "invalid_blocks" {
			return err
		}
	}
	a.pictures.forget(drawn)
	return send(reply)
}

// pictured returns a reply whose charts are pictures that Slack has; found is
// false where it has none, or does not take it.
func (a *App) pictured(ctx context.Context, workspace coaching.WorkspaceID, reply commands.Reply) (drawn commands.Reply, found bool) {
	if !a.speaks() || !a.pictures.draws(reply) {
		return reply, false
	}
	drawn = reply
	drawn.Parts = make([]commands.Part, len(reply.Parts))
	for i, part := range reply.Parts {
		drawn.Parts[i] = part
		chart, draws := part.(commands.Chart)
		if !draws {
			continue
		}
		file, err := a.fileOf(ctx, workspace, chart)
		if err != nil {
			continue // It is told in words.
		}
		drawn.Parts[i], found = picture{chart, file}, true
	}
	return drawn, found
}

// fileOf returns the file of a chart's picture, uploaded where it is not there
// yet. It is shared with no channel: only messages of the app's show it.
func (a *App) fileOf(ctx context.Context, workspace coaching.WorkspaceID, chart commands.Chart) (string, error) {
	drawn, err := a.pictures.draw(chart)
	if err != nil {
		return "", fmt.Errorf("draw chart: %w", err)
	}
	key := pictureKey{workspace, sha256.Sum256(drawn)}
	if file := a.pictures.file(key); file != "" {
		return file, nil
	}
	const name = "chart.png"
	file, err := a.upload(ctx, workspace, name, drawn, truncate(clean(chart.Alt), maxUploadAlt))
	if err == nil {
		err = a.endUpload(ctx, workspace, "", slackapi.FileSummary{ID: file, Title: name})
	}
	if err != nil {
		return "", err
	}
	a.pictures.keep(key, file)
	return file, nil
}
