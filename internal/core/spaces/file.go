package spaces

import (
	"context"

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
