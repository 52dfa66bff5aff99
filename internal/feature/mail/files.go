package mail

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"mime"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/blob"
	"example.org/meantime/internal/platform/describe"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
)

const (
	usuallyEnclosed = 5 << 20  // bytes of files in one mail
	mostEnclosed    = 10       // files in one mail
	mostUnderWay    = 64 << 20 // bytes of files in all mails that are on their way
)

// enclosures are the files of the posts whose words a mail holds: all of them are named
// there, and those that fit go with it.
type enclosures struct {
	of     map[id.ID][]spaces.File // by post
	with   []enclosure             // that go with the mail, each once
	weight int64                   // bytes of these
}

// enclosure is a file that goes with a mail.
type enclosure struct {
	spaces.File
	content []byte

	contentID string // the name under which the mail's HTML shows it in its place,
	shown     bool   // when it does
}

// enclosing finds the files of a mail, as its reader may read them now, and says which
// fit: what was deleted or closed to them since is neither named nor sent.
func (s *Service) enclosing(ctx context.Context, a actor.Actor, items []Item, offers map[event.Ref]describe.Offer) (e enclosures, err error) {
	var posts []id.ID
	for _, it := range items {
		if bodyOf(it, way{body: offers[it.Ref].Body}) != "" {
			continue // it stands in place of the post's words
		}
		for _, x := range it.Said {
			if !x.Post.IsZero() && !slices.Contains(posts, x.Post) {
				posts = append(posts, x.Post)
			}
		}
	}
	if len(posts) == 0 || s.near.Spaces == nil {
		return e, nil
	}
	if e.of, err = s.near.Spaces.FilesOf(ctx, s.db, a, posts); err != nil || s.client == nil {
		return e, err // what lies in the outbox holds no files
	}
	for _, p := range posts {
		for _, f := range e.of[p] {
			if len(e.with) < mostEnclosed && e.weight+f.Size <= s.opt.Enclose && welcome(f.Name) {
				e.with, e.weight = append(e.with, enclosure{File: f, contentID: id.Encode("file", f.ID) + "@" + s.host()}), e.weight+f.Size
			}
		}
	}
	return e, nil
}

// load reads the files that go with a mail. One that cannot be read is named with a link
// like those that are too large: the words do not wait for it.
func (s *Service) load(ctx context.Context, e *enclosures) error {
	read := e.with[:0]
	for _, x := range e.with {
		var err error
		if x.content, err = s.near.Spaces.Content(ctx, x.File); err == nil {
			read = append(read, x)
			continue
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if !errors.Is(err, blob.ErrMissing) { // which it is for whoever deleted the post just now
			slog.WarnContext(ctx, "mail: a file could not be read and is sent as a link", "file", id.Encode("file", x.ID), "error", err)
		}
	}
	e.with = read
	return nil
}

// alone is the same files, none of which goes with the mail.
func (e enclosures) alone() enclosures { return enclosures{of: e.of} }

// find is a file that goes with the mail; nil when it does not.
func (e enclosures) find(file id.ID) *enclosure {
	for i := range e.with {
		if e.with[i].ID == file {
			return &e.with[i]
		}
	}
	return nil
}

// welcome says that mail servers do not refuse a file of such a name: programs they do.
func welcome(name string) bool {
	return !slices.Contains(programs, strings.ToLower(strings.TrimPrefix(path.Ext(name), ".")))
}

var programs = strings.Fields(`ade adp apk app appx appxbundle bat cab chm cmd com cpl diagcab dll dmg ex ex_ exe hta img ins iso isp
	jar jnlp js jse lib lnk mde msc msi msix msp mst nsh pif ps1 psm1 reg scf scr sct shb sys vb vbe vbs vhd vxd wsc wsf wsh xll`)

// typeOf is what a mail says a file is. What a mail program would show or act on as more
// than a file (pages, letters, invitations) goes as bytes of no kind.
func (x enclosure) typeOf() string {
	family, _, _ := strings.Cut(x.Type, "/")
	switch {
	case x.Picture(), family == "audio", family == "video", x.Type == "application/pdf", x.Type == "application/zip", x.Type == "application/json",
		x.Type == "application/msword", strings.HasPrefix(x.Type, "application/vnd."):
		return x.Type
	case x.Type == "text/plain", x.Type == "text/csv", x.Type == "text/markdown":
		if utf8.Valid(x.content) {
			return mime.FormatMediaType(x.Type, map[string]string{"charset": "utf-8"})
		}
	}
	return "application/octet-stream"
}

// contentPath is where a file is read by who is signed in; posts name pictures so.
func contentPath(file id.ID) string { return "/api/v1/files/" + id.Encode("file", file) + "/content" }

// fileLine is a file as a mail names it.
type fileLine struct {
	Name, Size string
	Link       string
	Enclosed   bool // it goes with the mail
}

// Word says whether a file goes with the mail.
func (n fileLine) Word() string {
	if n.Enclosed {
		return "Attached"
	}
	return "File"
}

// named names the files of a post, for below its words. link is where one is read.
func (e enclosures) named(post id.ID, link func(id.ID) string) (out []fileLine) {
	for _, f := range e.of[post] {
		out = append(out, fileLine{Name: oneLine(f.Name, 200), Size: sizeOf(f.Size), Link: link(f.ID), Enclosed: e.find(f.ID) != nil})
	}
	return out
}

// sizeOf is "2.4 MB".
func sizeOf(n int64) string {
	size, unit := float64(n), "B"
	for _, next := range []string{"kB", "MB", "GB"} {
		if size < 999.5 {
			break
		}
		size, unit = size/1000, next
	}
	if unit != "B" && size < 9.95 {
		return fmt.Sprintf("%.1f %s", size, unit)
	}
	return fmt.Sprintf("%.0f %s", size, unit)
}
