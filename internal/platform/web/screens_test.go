package web_test

import (
	"testing"
	"testing/fstest"

	"example.org/meantime/internal/platform/web"
)

func TestScreens(t *testing.T) {
	files := fstest.MapFS{}
	for name, body := range map[string]string{
		"index.html": "<p>app</p>", "index.html.br": "BR", "assets/app-1.js": "let a", "assets/app-1.js.br": "JSBR", "assets/app-1.js.gz": "JSGZ",
		"assets/plain.js": "plain", "manifest.webmanifest": "{}", "manifest.webmanifest.gz": "GZ",
	} {
		files[name] = &fstest.MapFile{Data: []byte(body)}
	}
	h := web.Screens(files, true)
	const asset, page = "public, max-age=31536000, immutable", "no-cache"
	cases := []struct {
		name, method, path, accept string
		status                     int
		body, encoding, kind, keep string
	}{
		{"the page", "GET", "/", "", 200, "<p>app</p>", "", "text/html; charset=utf-8", page},
		{"the page, compressed", "GET", "/", "gzip, deflate, br", 200, "BR", "br", "text/html; charset=utf-8", page},
		{"a place in the app", "GET", "/threads/thr_01h455vb4pex5vsknk084sn02q", "", 200, "<p>app</p>", "", "text/html; charset=utf-8", page},
		{"a folder is a place", "GET", "/assets/", "", 200, "<p>app</p>", "", "text/html; charset=utf-8", page},
		{"an asset", "GET", "/assets/app-1.js", "", 200, "let a", "", "text/javascript; charset=utf-8", asset},
		{"an asset, br", "GET", "/assets/app-1.js", "gzip, br", 200, "JSBR", "br", "text/javascript; charset=utf-8", asset},
		{"an asset, gzip", "GET", "/assets/app-1.js", "gzip", 200, "JSGZ", "gzip", "text/javascript; charset=utf-8", asset},
		{"an asset, br refused", "GET", "/assets/app-1.js", "gzip;q=0.5, br;q=0", 200, "JSGZ", "gzip", "text/javascript; charset=utf-8", asset},
		{"an asset not compressed", "GET", "/assets/plain.js", "gzip, br", 200, "plain", "", "text/javascript; charset=utf-8", asset},
		{"a manifest", "GET", "/manifest.webmanifest", "gzip", 200, "GZ", "gzip", "application/manifest+json", page},
		{"the head alone", "HEAD", "/", "", 200, "", "", "text/html; charset=utf-8", page},
		{"a missing asset", "GET", "/assets/app-0.js", "", 404, "", "", "", ""},
		{"a missing map", "GET", "/app.js.map", "", 404, "", "", "", ""},
		{"up and away", "GET", "/../../etc/passwd.html", "", 404, "", "", "", ""},
		{"writing", "POST", "/", "", 405, "", "", "", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := request(h, c.method, c.path, "", "Accept-Encoding: "+c.accept)
			if r.StatusCode != c.status {
				t.Fatalf("got %d, want %d", r.StatusCode, c.status)
			}
			if c.status != 200 {
				return
			}
			if got := text(t, r); got != c.body {
				t.Errorf("got %q, want %q", got, c.body)
			}
			for name, want := range map[string]string{"Content-Encoding": c.encoding, "Content-Type": c.kind, "Cache-Control": c.keep, "Vary": "Accept-Encoding"} {
				if got := r.Header.Get(name); got != want {
					t.Errorf("%s is %q, want %q", name, got, want)
				}
			}
		})
	}
	if r := request(web.Screens(nil, false), "GET", "/", ""); r.StatusCode != 503 || r.Header.Get("Retry-After") == "" {
		t.Errorf("without screens: %d", r.StatusCode)
	}
}
