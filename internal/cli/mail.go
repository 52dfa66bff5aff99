package cli

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"example.org/meantime/internal/app"
	"example.org/meantime/internal/platform/clock"
)

func (e *env) mail() *cobra.Command {
	cmd := &cobra.Command{Use: "mail", Short: "See whether mail leaves and comes in"}
	cmd.AddCommand(e.mailTest(), e.mailIn(), e.mailDKIM())
	return cmd
}

func (e *env) mailTest() *cobra.Command {
	var c Config
	cmd := &cobra.Command{
		Use: "test EMAIL", Short: "Send a mail, to see whether mail leaves", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := c.load(cmd); err != nil {
				return err
			}
			if err := e.inside.MailTest(cmd.Context(), c, args[0]); err != nil {
				return err
			}
			return e.show(map[string]string{"to": args[0]}, func() { e.say("The mail server took it. See whether it arrives.") })
		},
	}
	c.flags(cmd)
	return cmd
}

func (e *env) mailDKIM() *cobra.Command {
	var c Config
	cmd := &cobra.Command{
		Use: "dkim", Short: "Print the DNS records by which others check our signatures", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := c.load(cmd); err != nil {
				return err
			}
			list, err := e.inside.MailDKIM(cmd.Context(), c)
			if err != nil {
				return err
			}
			return e.show(list, func() {
				for _, r := range list {
					e.say("%s. TXT %s", r.Name, quoted(r.Value))
				}
			})
		},
	}
	c.flags(cmd)
	return cmd
}

// quoted cuts a TXT record into strings of at most 255 bytes, as zone files want them.
func quoted(s string) string {
	var parts []string
	for len(s) > 255 {
		parts, s = append(parts, strconv.Quote(s[:255])), s[255:]
	}
	return strings.Join(append(parts, strconv.Quote(s)), " ")
}

// mostMail is how many bytes of a mail are read from standard input.
const mostMail = 100 << 20

func (e *env) mailIn() *cobra.Command {
	var server, secret, to string
	cmd := &cobra.Command{
		Use: "in", Short: "Hand a mail from standard input to a running server", Args: cobra.NoArgs,
		Long:    "Hand a mail from standard input to a running server, as a mail provider's hook does. The secret is the server's --mail-hook.",
		Example: "  meantime mail in --to product@in.example.org < mail.eml",
		RunE: func(cmd *cobra.Command, _ []string) error {
			raw, err := io.ReadAll(io.LimitReader(e.in, mostMail))
			if err != nil {
				return err
			}
			if secret == "" {
				return errors.New("give the secret of the hook: --hook, or MEANTIME_MAIL_HOOK in the environment")
			}
			taken, err := handIn(cmd.Context(), server, secret, to, raw)
			if err != nil {
				return err
			}
			return e.show(map[string]int{"taken": taken}, func() { e.say("The server took it.") })
		},
	}
	cmd.Flags().StringVar(&server, "server", envOr("MEANTIME_SERVER", "http://127.0.0.1:8080"), "the server")
	cmd.Flags().StringVar(&secret, "hook", os.Getenv("MEANTIME_MAIL_HOOK"), "the secret of the hook")
	cmd.Flags().StringVar(&to, "to", "", "the address of the envelope; without it the mail's header says it")
	return cmd
}

func envOr(name, usual string) string {
	if v := os.Getenv(name); v != "" {
		return v
	}
	return usual
}

func handIn(ctx context.Context, server, secret, to string, raw []byte) (int, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, strings.TrimRight(server, "/")+"/api/v1/mail/in", bytes.NewReader(raw))
	if err != nil {
		return 0, err
	}
	stamp := strconv.FormatInt(clock.System{}.Now().Time().Unix(), 10)
	h := hmac.New(sha256.New, []byte(secret))
	_, _ = h.Write([]byte(stamp + "."))
	_, _ = h.Write(raw)
	req.Header.Set("Content-Type", "message/rfc822")
	req.Header.Set("Meantime-Timestamp", stamp)
	req.Header.Set("Meantime-Signature", "v1="+hex.EncodeToString(h.Sum(nil)))
	if to != "" {
		req.Header.Set("Meantime-Recipient", to)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, fmt.Errorf("cannot reach %s: is the server running? (%w)", server, err)
	}
	defer func() { _ = resp.Body.Close() }()
	var out struct {
		Taken int `json:"taken"`
	}
	return out.Taken, read(resp, &out)
}

func (c commands) mailTest(ctx context.Context, s Config, to string) error {
	return c.withMail(ctx, s, func(a *app.App) error { return a.Mail.Test(ctx, to) })
}

func (c commands) mailDKIM(ctx context.Context, s Config) (out []Record, err error) {
	err = c.withMail(ctx, s, func(a *app.App) error {
		list, err := a.Mail.DKIM(ctx)
		for _, r := range list {
			out = append(out, Record(r))
		}
		return err
	})
	return out, err
}

func (c commands) withMail(ctx context.Context, s Config, f func(*app.App) error) error {
	o := c.options(s)
	if o.Origin == "" {
		o.Origin = "http://" + s.Listen
	}
	a, err := app.Open(ctx, o)
	if err != nil {
		return err
	}
	return errors.Join(f(a), a.Close())
}
