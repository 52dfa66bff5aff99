package web

import (
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
)

// Screens serves the built browser side: files by name, precompressed where the
// browser takes it, and index.html for every address that is a place in the app.
func Screens(files fs.FS, built bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "Only reading is possible here.", http.StatusMethodNotAllowed)
			return
		}
		if !built {
			w.Header().Set("Retry-After", "60")
			http.Error(w, "The screens are not built yet. Run: make run", http.StatusServiceUnavailable)
			return
		}
		name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
		if info, err := fs.Stat(files, name); name == "" || err != nil || info.IsDir() {
			if path.Ext(name) != "" { // a file that is not there is not a place
				http.NotFound(w, r)
				return
			}
			name = "index.html"
		}
		serveFile(w, r, files, name)
	})
}

func serveFile(w http.ResponseWriter, r *http.Request, files fs.FS, name string) {
	h := w.Header()
	h.Set("Cache-Control", "no-cache")
	if strings.HasPrefix(name, "assets/") {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	if t := typeOf(path.Ext(name)); t != "" {
		h.Set("Content-Type", t)
	}
	h.Add("Vary", "Accept-Encoding")
	for _, enc := range []struct{ name, ext string }{{"br", ".br"}, {"gzip", ".gz"}} {
		if !takes(r.Header.Get("Accept-Encoding"), enc.name) {
			continue
		}
		if _, err := fs.Stat(files, name+enc.ext); err == nil {
			h.Set("Content-Encoding", enc.name)
			name += enc.ext
			break
		}
	}
	http.ServeFileFS(w, r, files, name)
}

// typeOf knows the types that not every machine's table has.
func typeOf(ext string) string {
	switch ext {
	case ".webmanifest":
		return "application/manifest+json"
	case ".woff2":
		return "font/woff2"
	case ".ico":
		return "image/x-icon"
	}
	return mime.TypeByExtension(ext)
}

// takes says whether a browser accepts an encoding: named, and not with q=0.
func takes(header, encoding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, q, _ := strings.Cut(strings.ReplaceAll(part, " ", ""), ";")
		if strings.EqualFold(name, encoding) {
			return q == "" || strings.Trim(q, "q=0.") != ""
		}
	}
	return false
}
