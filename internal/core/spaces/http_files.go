package spaces

import (
	"context"
	"encoding/base64"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/web"
)

const tus = "1.0.0"

// plain puts the handlers on the mux that carry bytes rather than JSON: uploads by
// the tus 1.0 protocol (creation, termination, expiration), and what files hold.
func (s *Service) plain(a *web.API) {
	a.Mux.HandleFunc("OPTIONS "+web.Prefix+"/uploads", s.uploadOptions)
	a.Mux.HandleFunc("POST "+web.Prefix+"/uploads", s.uploading(s.createUpload))
	a.Mux.HandleFunc("HEAD "+web.Prefix+"/uploads/{upload}", s.uploading(s.headUpload))
	a.Mux.HandleFunc("PATCH "+web.Prefix+"/uploads/{upload}", s.uploading(s.patchUpload))
	a.Mux.HandleFunc("DELETE "+web.Prefix+"/uploads/{upload}", s.uploading(s.deleteUpload))
	a.Mux.HandleFunc("GET "+web.Prefix+"/files/{file}/content", s.content)
	described(a)
}

// described enters the plain handlers into the API's description.
func described(a *web.API) {
	enter := func(method, path, name, summary, thing string, status ...int) {
		op := &huma.Operation{
			OperationID: name, Method: method, Path: web.Prefix + path, Summary: summary, Tags: []string{"files"}, Responses: map[string]*huma.Response{},
		}
		if thing != "" {
			op.Parameters = []*huma.Param{{Name: thing, In: "path", Required: true, Schema: &huma.Schema{Type: huma.TypeString}}}
		}
		for _, code := range append(status, 401) {
			op.Responses[strconv.Itoa(code)] = &huma.Response{Description: http.StatusText(code)}
		}
		a.Huma.OpenAPI().AddOperation(op)
	}
	enter("POST", "/uploads", "createUpload", "Begin an upload by the tus 1.0 protocol: Upload-Length, Upload-Metadata with filename and filetype.", "", 201, 413, 422, 429)
	enter("HEAD", "/uploads/{upload}", "getUpload", "Ask how far an upload has come.", "upload", 200, 404)
	enter("PATCH", "/uploads/{upload}", "continueUpload", "Send bytes of an upload from Upload-Offset on; Upload-File names the finished file.", "upload", 204, 404, 409, 413, 415)
	enter("DELETE", "/uploads/{upload}", "cancelUpload", "Give an upload up.", "upload", 204, 404, 409)
	enter("GET", "/files/{file}/content", "getFileContent", "Read what a file holds, whole or by Range.", "file", 200, 206, 304, 404)
}

func (s *Service) uploadOptions(w http.ResponseWriter, _ *http.Request) {
	h := w.Header()
	h.Set("Tus-Resumable", tus)
	h.Set("Tus-Version", tus)
	h.Set("Tus-Extension", "creation,creation-with-upload,termination,expiration")
	h.Set("Tus-Max-Size", strconv.FormatInt(s.opt.MaxUpload, 10))
	w.WriteHeader(http.StatusNoContent)
}

// uploading checks what every upload request needs.
func (s *Service) uploading(h func(http.ResponseWriter, *http.Request, actor.Actor) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Tus-Resumable", tus)
		a, err := actor.From(r.Context())
		if err == nil {
			if v := r.Header.Get("Tus-Resumable"); v != "" && v != tus {
				w.Header().Set("Tus-Version", tus)
				w.WriteHeader(http.StatusPreconditionFailed)
				return
			}
			err = h(w, r, a)
		}
		if err != nil {
			if r.ContentLength != 0 {
				w.Header().Set("Connection", "close") // the rest of the body is not read
			}
			web.WriteProblem(w, err)
		}
	}
}

func (s *Service) createUpload(w http.ResponseWriter, r *http.Request, a actor.Actor) error {
	size, err := strconv.ParseInt(r.Header.Get("Upload-Length"), 10, 64)
	if err != nil {
		return fault.New(fault.Invalid, "length_needed", "Say in Upload-Length how many bytes the file has.")
	}
	meta, err := metadata(r.Header.Get("Upload-Metadata"))
	if err != nil {
		return err
	}
	u, err := s.BeginUpload(r.Context(), a, meta["filename"], meta["filetype"], size)
	if err != nil {
		return err
	}
	if r.Header.Get("Content-Type") == offsetStream && size > 0 {
		if u, err = s.Receive(r.Context(), a, u.ID, 0, r.Body); err != nil {
			return err
		}
		w.Header().Set("Upload-Offset", strconv.FormatInt(u.Received, 10))
	}
	w.Header().Set("Location", web.Prefix+"/uploads/"+id.Encode("up", u.ID))
	about(w, u)
	w.WriteHeader(http.StatusCreated)
	return nil
}

const offsetStream = "application/offset+octet-stream"

// metadata reads "key base64,key base64".
func metadata(header string) (map[string]string, error) {
	out := map[string]string{}
	if len(header) > 4096 {
		return nil, fault.New(fault.Invalid, "metadata_too_long", "Upload-Metadata is too long.")
	}
	for pair := range strings.SplitSeq(header, ",") {
		key, value, _ := strings.Cut(strings.TrimSpace(pair), " ")
		if key == "" {
			continue
		}
		b, err := base64.StdEncoding.DecodeString(value)
		if err != nil {
			return nil, fault.New(fault.Invalid, "bad_metadata", "Write Upload-Metadata as a name and a value in base 64, with commas between.")
		}
		out[key] = string(b)
	}
	return out, nil
}

// about says when an upload expires, or which file it has become.
func about(w http.ResponseWriter, u Upload) {
	if u.Done() {
		w.Header().Set("Upload-File", id.Encode("file", u.ID))
		return
	}
	w.Header().Set("Upload-Expires", u.ExpiresAt.Time().Format(http.TimeFormat))
}

func (s *Service) headUpload(w http.ResponseWriter, r *http.Request, a actor.Actor) error {
	x, err := id.Decode("up", r.PathValue("upload"))
	if err != nil {
		return err
	}
	u, err := s.Upload(r.Context(), a, x)
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Upload-Offset", strconv.FormatInt(u.Received, 10))
	w.Header().Set("Upload-Length", strconv.FormatInt(u.Size, 10))
	about(w, u)
	w.WriteHeader(http.StatusOK)
	return nil
}

func (s *Service) patchUpload(w http.ResponseWriter, r *http.Request, a actor.Actor) error {
	x, err := id.Decode("up", r.PathValue("upload"))
	if err != nil {
		return err
	}
	if r.Header.Get("Content-Type") != offsetStream {
		w.WriteHeader(http.StatusUnsupportedMediaType)
		return nil
	}
	offset, err := strconv.ParseInt(r.Header.Get("Upload-Offset"), 10, 64)
	if err != nil || offset < 0 {
		return fault.New(fault.Invalid, "offset_needed", "Say in Upload-Offset where the bytes belong.")
	}
	if r.ContentLength > 0 {
		u, err := s.Upload(r.Context(), a, x)
		if err != nil {
			return err
		}
		if offset == u.Received && r.ContentLength > u.Size-u.Received {
			return fault.New(fault.TooLarge, "file_too_large", "More is coming than was announced. Nothing was taken.")
		}
	}
	u, err := s.Receive(r.Context(), a, x, offset, r.Body)
	if err != nil {
		return err
	}
	w.Header().Set("Upload-Offset", strconv.FormatInt(u.Received, 10))
	about(w, u)
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func (s *Service) deleteUpload(w http.ResponseWriter, r *http.Request, a actor.Actor) error {
	x, err := id.Decode("up", r.PathValue("upload"))
	if err != nil {
		return err
	}
	if err := s.CancelUpload(r.Context(), a, x); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// content gives out what a file holds, to whoever is signed in and may read it.
func (s *Service) content(w http.ResponseWriter, r *http.Request) {
	f, err := s.fileOf(r)
	if err != nil {
		web.WriteProblem(w, err)
		return
	}
	s.giveOut(w, r, f)
}

// ServeFile answers with what a file holds, for somebody who is known otherwise than by a
// session. What they may not read is not_found, and then nothing is answered yet.
func (s *Service) ServeFile(w http.ResponseWriter, r *http.Request, a actor.Actor, file id.ID) error {
	f, err := s.File(r.Context(), s.db, a, file)
	if err == nil {
		s.giveOut(w, r, f)
	}
	return err
}

// giveOut answers with what a file holds. Only pictures of points are shown in place;
// all else is a download of unknown kind, and nothing in it may run.
func (s *Service) giveOut(w http.ResponseWriter, r *http.Request, f File) {
	kind, shown := "application/octet-stream", "attachment"
	if picture(f.Type) {
		kind = f.Type
		if r.URL.Query().Get("download") == "" {
			shown = "inline"
		}
	}
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", mime.FormatMediaType(shown, map[string]string{"filename": f.Name}))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'none'")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "private, no-cache")
	h.Set("ETag", `"`+f.SHA256+`"`)
	body := &seeker{ctx: r.Context(), s: s, f: f}
	defer body.close()
	http.ServeContent(w, r, "", f.CreatedAt.Time(), body)
}

func (s *Service) fileOf(r *http.Request) (File, error) {
	a, err := actor.From(r.Context())
	if err != nil {
		return File{}, err
	}
	x, err := id.Decode("file", r.PathValue("file"))
	if err != nil {
		return File{}, err
	}
	return s.File(r.Context(), s.db, a, x)
}

// seeker reads a file from wherever it is asked to.
type seeker struct {
	ctx  context.Context //nolint:containedctx // lives for one request
	s    *Service
	f    File
	at   int64
	open io.ReadCloser
}

func (k *seeker) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += k.at
	case io.SeekEnd:
		offset += k.f.Size
	}
	if offset != k.at {
		k.close()
	}
	k.at = offset
	return offset, nil
}

func (k *seeker) Read(b []byte) (n int, err error) {
	if k.open == nil {
		if k.open, _, err = k.s.files.Open(k.ctx, k.f.key(), k.at); err != nil {
			return 0, err
		}
	}
	n, err = k.open.Read(b)
	k.at += int64(n)
	return n, err
}

func (k *seeker) close() {
	if k.open != nil {
		_ = k.open.Close()
		k.open = nil
	}
}
