package spaces

import (
	"context"
	"io"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// File is something attached to a post, or about to be.
type File struct {
	WorkspaceID id.ID
	ID          id.ID
	Owner       id.ID `db:"owner_id"`
	Post        id.ID `db:"post_id"` // zero: not attached yet
	Place       int64
	Name        string
	Type        string // what the sender said it is
	Size        int64  // bytes
	SHA256      string `db:"sha256"`
	CreatedAt   clock.Instant
}

// MaxFiles is how many files one post may have.
const MaxFiles = 20

// attach hangs the author's own finished uploads on a post.
func (s *Service) attach(ctx context.Context, tx *db.Tx, a actor.Actor, post id.ID, files []id.ID) error {
	if len(files) > MaxFiles {
		return fault.Newf(fault.Invalid, "too_many_files", "Attach at most %d files to one post.", MaxFiles).At("files")
	}
	for i, f := range files {
		done, err := attachFile(ctx, tx, f, a.Person, post, i)
		if err != nil {
			return err
		}
		if !done { // somebody else's, another post's, or none at all: all the same to the outside
			return fault.Missing("file").At("files")
		}
	}
	return nil
}

// File finds a file that the actor may read: their own, or one on a post that
// they may read and that was not deleted.
func (s *Service) File(ctx context.Context, q db.Queryer, a actor.Actor, file id.ID) (File, error) {
	f, ok, err := loadFile(ctx, q, a.Workspace, file)
	if err != nil {
		return File{}, err
	}
	if !ok || f.Post.IsZero() && (f.Owner != a.Person || a.IsSystem()) {
		return File{}, fault.Missing("file")
	}
	if f.Post.IsZero() {
		return f, nil
	}
	p, err := s.Post(ctx, q, a, f.Post)
	if fault.IsKind(err, fault.NotFound) || err == nil && p.Deleted() {
		return File{}, fault.Missing("file")
	}
	return f, err
}

// FilesOf lists, by post and in their order there, the files on those of some posts that
// the actor may read and that were not deleted.
func (s *Service) FilesOf(ctx context.Context, q db.Queryer, a actor.Actor, posts []id.ID) (map[id.ID][]File, error) {
	var files []File
	for _, part := range chunks(posts) {
		rows, err := filesOf(ctx, q, a.Workspace, part)
		if err != nil {
			return nil, err
		}
		files = append(files, rows...)
	}
	if len(files) == 0 { // most posts have none
		return map[id.ID][]File{}, nil
	}
	with := make([]id.ID, 0, len(files))
	for i, f := range files {
		if i == 0 || f.Post != files[i-1].Post {
			with = append(with, f.Post)
		}
	}
	known, err := s.Posts(ctx, q, a, with)
	out := make(map[id.ID][]File, len(with))
	for _, f := range files {
		if p, ok := known[f.Post]; ok && !p.Deleted() {
			out[f.Post] = append(out[f.Post], f)
		}
	}
	return out, err
}

// Content reads all that a file holds into memory. It does not check who asks. It fails
// with blob.ErrMissing where nothing is kept of it.
func (s *Service) Content(ctx context.Context, f File) (b []byte, err error) {
	defer fault.Wrap(&err, "spaces.Content(%s)", f.ID)
	r, _, err := s.files.Open(ctx, f.key(), 0)
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }()
	b = make([]byte, f.Size)
	_, err = io.ReadFull(r, b)
	return b, err
}

// Picture says that a file is a picture that any program may show in place.
func (f File) Picture() bool { return picture(f.Type) }

// key is where the bytes of a file are kept.
func (f File) key() string { return "files/" + f.WorkspaceID.String() + "/" + f.ID.String() }

// picture says that a browser may show a file in place: pictures of points that
// hold no program. SVG is not among them.
func picture(kind string) bool {
	switch kind {
	case "image/png", "image/jpeg", "image/gif", "image/webp", "image/avif":
		return true
	}
	return false
}
