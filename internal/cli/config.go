package cli

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
)

// Config is how a server is set up. Flags win over the environment
// (MEANTIME_DATA, MEANTIME_LISTEN …), the environment over the file.
type Config struct {
	Data         string // folder of the embedded database and the files
	Database     string // "postgres://…"; empty: SQLite in the data folder
	Keys         string // folder of the keys of anonymous ballots; empty: keys in the data folder
	Listen       string // "127.0.0.1:8080"
	Origin       string // the address that people use, "https://meantime.example.org"
	SMTP         string // "host:port"; empty: mail stays in the outbox
	SMTPUser     string
	SMTPPassword string
	SMTPTLS      string // starttls, opportunistic, tls, none
	MailFrom     string
	OutsideAllow string // private places that the server may ask over HTTP
	OutsideProxy string // through which it asks; empty: none
	MailIn       MailIn
	MetricsToken string // lets scrapers from elsewhere read /metrics
	LogLevel     string // debug, info, warn, error
	Demo         bool
	Fresh        bool   // demo: begin anew
	Owner        string // import: e-mail address of a new workspace's owner
}

// MailIn is how mail leaves signed and how it comes in.
type MailIn struct {
	DKIM, Domain, Address, Listen, LMTP, Cert, Key, Hook string

	Files string // MiB of files that one mail holds

	IMAP, IMAPUser, IMAPPassword, IMAPTLS, IMAPFolder, IMAPDone string
}

type setting struct {
	name, usage string
	def         string
	at          func(*Config) *string
}

// settings are every key that flags, environment and file know.
var settings = []setting{
	{"data", "folder for the database and the files", "data", func(c *Config) *string { return &c.Data }},
	{"database", "postgres://… instead of the embedded database", "", func(c *Config) *string { return &c.Database }},
	{"keys", "folder for the keys of anonymous ballots, in no backup; keys in the data folder when empty", "", func(c *Config) *string { return &c.Keys }},
	{"listen", "address to listen on; other machines reach it only if you say so", "127.0.0.1:8080", func(c *Config) *string { return &c.Listen }},
	{"origin", "the address people use, like https://meantime.example.org", "", func(c *Config) *string { return &c.Origin }},
	{"smtp", "mail server as host:port; without one, mail stays in the outbox", "", func(c *Config) *string { return &c.SMTP }},
	{"smtp-user", "user name at the mail server", "", func(c *Config) *string { return &c.SMTPUser }},
	{"smtp-password", "password at the mail server (better in the environment or the file)", "", func(c *Config) *string { return &c.SMTPPassword }},
	{"smtp-tls", "starttls, opportunistic, tls or none", "starttls", func(c *Config) *string { return &c.SMTPTLS }},
	{"mail-from", "sender of mail, like \"Meantime <meantime@example.org>\"", "", func(c *Config) *string { return &c.MailFrom }},
	{"outside-allow", "private places that the server may ask (calendars, push), like 10.1.0.0/16,intranet.example:8443", "", func(c *Config) *string { return &c.OutsideAllow }},
	{"outside-proxy", "HTTP proxy for what the server asks outside, like http://proxy.example:3128; the environment names none", "", func(c *Config) *string { return &c.OutsideProxy }},
	{"mail-dkim", "sign mail under this selector; meantime mail dkim prints the records", "", func(c *Config) *string { return &c.MailIn.DKIM }},
	{"mail-files", "MiB of attached files that go out with one mail, 0 to 8; of others there are links", "5", func(c *Config) *string { return &c.MailIn.Files }},
	{"mail-domain", "a domain whose mail all comes here, like in.example.org; replies and spaces have addresses in it", "", func(c *Config) *string { return &c.MailIn.Domain }},
	{"mail-address", "instead of a domain: one mailbox, like meantime+{token}@example.org", "", func(c *Config) *string { return &c.MailIn.Address }},
	{"mail-listen", "take mail by SMTP at this address, like :2525", "", func(c *Config) *string { return &c.MailIn.Listen }},
	{"mail-lmtp", "take mail by LMTP at this address, or at unix:/path", "", func(c *Config) *string { return &c.MailIn.LMTP }},
	{"mail-cert", "file of the certificate for STARTTLS", "", func(c *Config) *string { return &c.MailIn.Cert }},
	{"mail-key", "file of its key", "", func(c *Config) *string { return &c.MailIn.Key }},
	{"mail-hook", "secret that signs POST /api/v1/mail/in (better in the environment or the file)", "", func(c *Config) *string { return &c.MailIn.Hook }},
	{"imap", "mailbox to look into, as host:port", "", func(c *Config) *string { return &c.MailIn.IMAP }},
	{"imap-user", "user name at the mailbox", "", func(c *Config) *string { return &c.MailIn.IMAPUser }},
	{"imap-password", "password at the mailbox (better in the environment or the file)", "", func(c *Config) *string { return &c.MailIn.IMAPPassword }},
	{"imap-tls", "tls, starttls or none", "tls", func(c *Config) *string { return &c.MailIn.IMAPTLS }},
	{"imap-folder", "folder to look into", "INBOX", func(c *Config) *string { return &c.MailIn.IMAPFolder }},
	{"imap-done", "folder to move mail to once it was taken; without one it is marked as read", "", func(c *Config) *string { return &c.MailIn.IMAPDone }},
	{"metrics-token", "token with which other machines may read /metrics", "", func(c *Config) *string { return &c.MetricsToken }},
	{"log", "debug, info, warn or error", "info", func(c *Config) *string { return &c.LogLevel }},
}

// flags adds the settings named to a command; all when none is named.
func (c *Config) flags(cmd *cobra.Command, names ...string) {
	cmd.Flags().String("config", os.Getenv("MEANTIME_CONFIG"), "file of settings, a \"key = value\" a line")
	for _, s := range settings {
		if len(names) == 0 || contains(names, s.name) {
			cmd.Flags().String(s.name, s.def, s.usage)
		}
	}
}

// load fills in what flags, environment and file say.
func (c *Config) load(cmd *cobra.Command) error {
	path, _ := cmd.Flags().GetString("config")
	file, err := readSettings(path)
	if err != nil {
		return err
	}
	for _, s := range settings {
		value := s.def
		if v, ok := file[s.name]; ok {
			value = v
		}
		if v, ok := os.LookupEnv("MEANTIME_" + strings.ToUpper(strings.ReplaceAll(s.name, "-", "_"))); ok {
			value = v
		}
		if f := cmd.Flags().Lookup(s.name); f != nil && f.Changed {
			value = f.Value.String()
		}
		*s.at(c) = value
	}
	_, err = c.MailIn.enclose()
	return err
}

// enclose is how many bytes of files one mail holds; negative for none.
func (m MailIn) enclose() (int64, error) {
	n, err := strconv.ParseFloat(m.Files, 64)
	switch {
	case err != nil || !(n >= 0 && n <= 8):
		return 0, fmt.Errorf("mail-files is %q; give the MiB of files that go out with one mail, from 0 (links alone) to 8", m.Files)
	case n == 0:
		return -1, nil
	}
	return int64(n * (1 << 20)), nil
}

func readSettings(path string) (map[string]string, error) {
	out := map[string]string{}
	if path == "" {
		return out, nil
	}
	f, err := os.Open(filepath.Clean(path))
	if err != nil {
		return nil, fmt.Errorf("cannot read the settings: %w", err)
	}
	defer func() { _ = f.Close() }()
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		key, value, ok := strings.Cut(line, "=")
		key = strings.TrimSpace(key)
		if !ok || !known(key) {
			return nil, fmt.Errorf("%s line %d: %q is not a setting; each line reads \"key = value\" with one of: %s", path, n, key, strings.Join(keys(), ", "))
		}
		out[key] = strings.Trim(strings.TrimSpace(value), `"`)
	}
	return out, lines.Err()
}

func keys() []string {
	var out []string
	for _, s := range settings {
		out = append(out, s.name)
	}
	return out
}

func known(key string) bool { return contains(keys(), key) }

func contains(list []string, x string) bool {
	for _, y := range list {
		if x == y {
			return true
		}
	}
	return false
}
