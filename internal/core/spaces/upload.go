package spaces

import (
	"context"
	"io"
	"mime"
	"strings"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Upload is a file on its way. It can be interrupted and taken up again.
type Upload struct {
	WorkspaceID id.ID
	ID          id.ID
	Owner       id.ID `db:"owner_id"`
	Name        string
	Type        string
	Size        int64 // bytes
	Received    int64 // bytes
	Parts       int64
	CreatedAt   clock.Instant
	ExpiresAt   clock.Instant
}

// Done says that all has come and the file of the same id is there.
func (u Upload) Done() bool { return u.Received == u.Size }

const (
	uploadLife = 24 * time.Hour     // after the last part came
	fileLife   = 7 * 24 * time.Hour // of a file that hangs on no post
	maxParts   = 10_000
	maxOpen    = 50 // unfinished uploads of one person
)

// MaxUpload is how many bytes one file may have.
func (s *Service) MaxUpload() int64 { return s.opt.MaxUpload }

// BeginUpload makes room for a file of size bytes. An empty one is there at once.
func (s *Service) BeginUpload(ctx context.Context, a actor.Actor, name, kind string, size int64) (Upload, error) {
	if size < 0 {
		return Upload{}, fault.New(fault.Invalid, "length_needed", "Say how long the file is.")
	}
	if size > s.opt.MaxUpload {
		return Upload{}, fault.Newf(fault.TooLarge, "file_too_large", "Files may have at most %d MiB.", s.opt.MaxUpload>>20)
	}
	u := Upload{WorkspaceID: a.Workspace, Owner: a.Person, Name: fileName(name), Type: fileType(kind), Size: size}
	err := s.db.Write(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("an unfinished upload is nobody's news")
		open, err := countUploads(ctx, tx, a.Person)
		if err != nil {
			return err
		}
		if open >= maxOpen {
			return fault.New(fault.Limited, "many_uploads", "Finish or cancel some of your uploads first.")
		}
		u.ID, u.CreatedAt, u.ExpiresAt = id.New(tx.Now), tx.Now, tx.Now.Add(uploadLife)
		return insertUpload(ctx, tx, u)
	})
	if err == nil && size == 0 {
		err = s.finish(ctx, u)
	}
	return u, err
}

// Upload finds the actor's own upload, finished ones too.
func (s *Service) Upload(ctx context.Context, a actor.Actor, upload id.ID) (Upload, error) {
	f, ok, err := loadFile(ctx, s.db, a.Workspace, upload)
	if err != nil {
		return Upload{}, err
	}
	if ok && f.Owner == a.Person && !a.IsSystem() {
		return Upload{WorkspaceID: f.WorkspaceID, ID: f.ID, Owner: f.Owner, Name: f.Name, Type: f.Type, Size: f.Size, Received: f.Size}, nil
	}
	u, ok, err := loadUpload(ctx, s.db, a.Workspace, upload)
	if err != nil {
		return Upload{}, err
	}
	if !ok || u.Owner != a.Person || u.ExpiresAt <= s.now() {
		return Upload{}, fault.Missing("upload")
	}
	if u.Done() { // a crash came between the last part and the file
		err = s.finish(ctx, u)
	}
	return u, err
}

// Receive takes the bytes of an upload from offset on. What came before a broken
// connection is kept. More than was announced is refused.
func (s *Service) Receive(ctx context.Context, a actor.Actor, upload id.ID, offset int64, r io.Reader) (Upload, error) {
	free, ok := s.uploads.try(upload)
	if !ok {
		return Upload{}, fault.New(fault.Conflict, "upload_busy", "This upload is being written to already. Try again in a moment.")
	}
	defer free()
	u, err := s.Upload(ctx, a, upload)
	if err != nil {
		return u, err
	}
	if offset != u.Received {
		return u, fault.Newf(fault.Conflict, "wrong_offset", "The upload goes on at byte %d.", u.Received)
	}
	if u.Done() {
		return u, nil
	}
	if u.Parts >= maxParts {
		return u, fault.New(fault.Conflict, "many_parts", "This upload came in too many small parts. Begin it again.")
	}
	// The caller may be gone by now; what it sent is kept all the same.
	ctx = context.WithoutCancel(ctx)
	if err := s.receivePart(ctx, &u, r); err != nil {
		return u, err
	}
	if u.Done() {
		err = s.finish(ctx, u)
	}
	return u, err
}

func (s *Service) receivePart(ctx context.Context, u *Upload, r io.Reader) error {
	var p part
	err := s.quietly(ctx, u.WorkspaceID, func(ctx context.Context, tx *db.Tx) error {
		p = part{WorkspaceID: u.WorkspaceID, Upload: u.ID, ID: id.New(tx.Now), At: u.Received}
		return insertPart(ctx, tx, p)
	})
	if err != nil {
		return err
	}
	body := &tolerant{r: r}
	size, _, err := s.files.Put(ctx, p.key(), io.LimitReader(body, u.Size-u.Received))
	if err != nil {
		return err
	}
	if u.Received+size == u.Size && more(body) {
		return fault.New(fault.TooLarge, "file_too_large", "More came than was announced. The rest was not taken.")
	}
	if size == 0 {
		return fault.New(fault.Invalid, "nothing_came", "No byte of the file arrived. Send it again.")
	}
	return s.quietly(ctx, u.WorkspaceID, func(ctx context.Context, tx *db.Tx) error {
		moved, err := advanceUpload(ctx, tx, u.ID, u.Received, size, tx.Now.Add(uploadLife))
		if err != nil {
			return err
		}
		if !moved {
			return fault.New(fault.Conflict, "wrong_offset", "Somebody else went on with this upload. Ask where it is now.")
		}
		u.Received, u.Parts, u.ExpiresAt = u.Received+size, u.Parts+1, tx.Now.Add(uploadLife)
		return sizePart(ctx, tx, p, size)
	})
}

// finish makes the file of an upload whose parts are all there, then clears them away.
func (s *Service) finish(ctx context.Context, u Upload) error {
	parts, err := partsOf(ctx, s.db, u.WorkspaceID, u.ID)
	if err != nil {
		return err
	}
	f := File{WorkspaceID: u.WorkspaceID, ID: u.ID, Owner: u.Owner, Name: u.Name, Type: u.Type}
	joined := &joined{ctx: ctx, s: s, parts: parts}
	defer joined.close()
	if f.Size, f.SHA256, err = s.files.Put(ctx, f.key(), joined); err != nil {
		return err
	}
	if f.Size != u.Size {
		return fault.New(fault.Conflict, "upload_damaged", "The upload did not arrive whole. Begin it again.")
	}
	err = s.quietly(ctx, u.WorkspaceID, func(ctx context.Context, tx *db.Tx) error {
		f.CreatedAt = tx.Now
		return insertFile(ctx, tx, f, tx.Now.Add(fileLife), "")
	})
	if err != nil && !db.Duplicate(err) {
		return err
	}
	return s.clear(ctx, u.WorkspaceID, u.ID)
}

// CancelUpload gives up an upload, or a finished file that hangs on no post.
func (s *Service) CancelUpload(ctx context.Context, a actor.Actor, upload id.ID) error {
	u, err := s.Upload(ctx, a, upload)
	if err != nil {
		return err
	}
	free, ok := s.uploads.try(upload)
	if !ok {
		return fault.New(fault.Conflict, "upload_busy", "This upload is being written to. Try again in a moment.")
	}
	defer free()
	if !u.Done() {
		return s.clear(ctx, a.Workspace, upload)
	}
	err = s.quietly(ctx, a.Workspace, func(ctx context.Context, tx *db.Tx) error {
		gone, err := disownFile(ctx, tx, upload, a.Person)
		if err == nil && !gone {
			err = fault.New(fault.Conflict, "file_attached", "This file hangs on a post. Delete the post to delete it.")
		}
		return err
	})
	if err != nil {
		return err
	}
	return s.sweepFile(ctx, File{WorkspaceID: a.Workspace, ID: upload})
}

// clear deletes the parts of an upload and then forgets it: in this order, so that
// nothing stays on the disk that nobody knows of.
func (s *Service) clear(ctx context.Context, workspace, upload id.ID) error {
	parts, err := partsOf(ctx, s.db, workspace, upload)
	if err != nil {
		return err
	}
	for _, p := range parts {
		if err := s.files.Delete(ctx, p.key()); err != nil {
			return err
		}
	}
	return s.quietly(ctx, workspace, func(ctx context.Context, tx *db.Tx) error { return deleteUpload(ctx, tx, upload) })
}

func (s *Service) quietly(ctx context.Context, workspace id.ID, f func(context.Context, *db.Tx) error) error {
	return s.db.Write(ctx, workspace, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("an unattached file is nobody's news")
		return f(ctx, tx)
	})
}

// fileName keeps the last part of a path, clean and not too long.
func fileName(name string) string {
	name = strings.ReplaceAll(name, `\`, "/")
	name = people.CleanName(name[strings.LastIndexByte(name, '/')+1:])
	if r := []rune(name); len(r) > 200 {
		name = string(r[:150]) + "…" + string(r[len(r)-40:]) // the ending stays
	}
	if strings.Trim(name, ". ") == "" {
		return "file"
	}
	return name
}

// fileType keeps a well-formed media type without its parameters.
func fileType(kind string) string {
	t, _, err := mime.ParseMediaType(kind)
	if err != nil || !strings.Contains(t, "/") || len(t) > 100 {
		return "application/octet-stream"
	}
	return t
}
