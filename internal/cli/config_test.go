package cli_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.org/meantime/internal/cli"
)

func TestFlagsWinOverTheEnvironmentOverTheFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "settings")
	if err := os.WriteFile(file, []byte("# the house's\nlisten = 10.0.0.1:1\norigin = \"https://file.example\"\n\nsmtp = mail.file.example:25\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("MEANTIME_LISTEN", "10.0.0.2:2")
	t.Setenv("MEANTIME_ORIGIN", "https://env.example")
	t.Setenv("MEANTIME_SMTP_PASSWORD", "from the environment")
	var got cli.Config
	local := cli.Local{Serve: func(_ context.Context, c cli.Config, _ io.Writer) error { got = c; return nil }}
	var errs strings.Builder
	if code := cli.Run(t.Context(), local, []string{"serve", "--config", file, "--listen", "10.0.0.3:3"}, strings.NewReader(""), io.Discard, &errs); code != 0 {
		t.Fatalf("ended with %d: %s", code, errs.String())
	}
	for _, c := range []struct{ name, got, want string }{
		{"a flag wins over all", got.Listen, "10.0.0.3:3"},
		{"the environment wins over the file", got.Origin, "https://env.example"},
		{"the file wins over what is built in", got.SMTP, "mail.file.example:25"},
		{"a dash is an underscore in the environment", got.SMTPPassword, "from the environment"},
		{"the rest is built in", got.Data, "data"},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, c.got, c.want)
		}
	}
}

func TestHowMuchOfFilesGoesWithAMail(t *testing.T) {
	local := cli.Local{Serve: func(context.Context, cli.Config, io.Writer) error { return nil }}
	for said, ok := range map[string]bool{"0": true, "2.5": true, "8": true, "9": false, "-1": false, "5MB": false, "": false, "NaN": false} {
		var errs strings.Builder
		code := cli.Run(t.Context(), local, []string{"serve", "--mail-files", said}, strings.NewReader(""), io.Discard, &errs)
		if (code == 0) != ok || !ok && !strings.Contains(errs.String(), "from 0 (links alone) to 8") {
			t.Errorf("--mail-files %q: ended with %d: %s", said, code, errs.String())
		}
	}
}

func TestErrorsEndWithOne(t *testing.T) {
	local := cli.Local{
		Serve: func(context.Context, cli.Config, io.Writer) error { return errors.New("the roof is gone") },
		Doctor: func(context.Context, cli.Config) (cli.Diagnosis, error) {
			return cli.Diagnosis{Findings: []cli.Finding{{What: "roof", State: "broken", Remedy: "Call a roofer."}}}, nil
		},
	}
	for _, c := range []struct{ name, command, said string }{
		{"a command fails", "serve", "meantime: the roof is gone\n"},
		{"doctor has said everything", "doctor", ""},
	} {
		var errs strings.Builder
		if code := cli.Run(t.Context(), local, []string{c.command}, strings.NewReader(""), io.Discard, &errs); code != 1 || errs.String() != c.said {
			t.Errorf("%s: ended with %d and said %q", c.name, code, errs.String())
		}
	}
}

// The first start prints a link; a second server on the same address says so; the
// end of the context ends the server with 0.
func TestServe(t *testing.T) {
	t.Setenv("MEANTIME_LOG", "error")
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out, in := io.Pipe()
	over := make(chan int, 1)
	args := []string{"serve", "--data", t.TempDir(), "--listen", "127.0.0.1:0"}
	var errs strings.Builder
	go func() {
		over <- cli.Run(ctx, cli.Server("1.2.3"), args, strings.NewReader(""), in, &errs)
		_ = in.Close()
	}()
	link := ""
	for lines := bufio.NewScanner(out); link == "" && lines.Scan(); {
		if _, token, ok := strings.Cut(lines.Text(), "/setup?token="); ok {
			link = strings.TrimSpace(lines.Text())
			if len(token) < 20 {
				t.Errorf("a token of %d letters", len(token))
			}
		}
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	if link == "" {
		t.Fatalf("no link was printed: %s", errs.String())
	}
	server, _, _ := strings.Cut(link, "/setup")
	resp, err := http.Get(server + "/readyz")
	if err != nil {
		t.Fatal(err)
	}
	if _ = resp.Body.Close(); resp.StatusCode != 200 {
		t.Errorf("it is not ready: %d", resp.StatusCode)
	}
	var second strings.Builder
	again := []string{"serve", "--data", t.TempDir(), "--listen", strings.TrimPrefix(server, "http://")}
	if code := cli.Run(ctx, cli.Server("1.2.3"), again, strings.NewReader(""), io.Discard, &second); code != 1 || !strings.Contains(second.String(), "is another server running there?") {
		t.Errorf("a second server: %d %s", code, second.String())
	}
	stop()
	if code := <-over; code != 0 {
		t.Errorf("it ended with %d: %s", code, errs.String())
	}
}
