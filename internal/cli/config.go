package cli

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
)

// Config is how a server is set up. Flags win over the environment
// (MEANTIME_DATA, MEANTIME_LISTEN …), the environment over the file.
type Config struct {
	Data         string // folder of the embedded database and the files
	Database     string // "postgres://…"; empty: SQLite in the data folder
	Listen       string // "127.0.0.1:8080"
	Origin       string // the address that people use, "https://meantime.example.org"
	SMTP         string // "host:port"; empty: mail stays in the outbox
	SMTPUser     string
	SMTPPassword string
	SMTPTLS      string // starttls, opportunistic, tls, none
	MailFrom     string
	MetricsToken string // lets scrapers from elsewhere read /metrics
	LogLevel     string // debug, info, warn, error
	Demo         bool
	Fresh        bool   // demo: begin anew
	Owner        string // import: e-mail address of a new workspace's owner
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
	{"listen", "address to listen on; other machines reach it only if you say so", "127.0.0.1:8080", func(c *Config) *string { return &c.Listen }},
	{"origin", "the address people use, like https://meantime.example.org", "", func(c *Config) *string { return &c.Origin }},
	{"smtp", "mail server as host:port; without one, mail stays in the outbox", "", func(c *Config) *string { return &c.SMTP }},
	{"smtp-user", "user name at the mail server", "", func(c *Config) *string { return &c.SMTPUser }},
	{"smtp-password", "password at the mail server (better in the environment or the file)", "", func(c *Config) *string { return &c.SMTPPassword }},
	{"smtp-tls", "starttls, opportunistic, tls or none", "starttls", func(c *Config) *string { return &c.SMTPTLS }},
	{"mail-from", "sender of mail, like \"Meantime <meantime@example.org>\"", "", func(c *Config) *string { return &c.MailFrom }},
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
	return nil
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
