package cli

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

func (e *env) login() *cobra.Command {
	var email string
	var stdin bool
	cmd := &cobra.Command{
		Use: "login [SERVER]", Short: "Sign in to a server", Args: cobra.MaximumNArgs(1),
		Example: "  meantime login http://127.0.0.1:8080 --email ana@northwind.example",
		RunE: func(cmd *cobra.Command, args []string) error {
			c := &client{Server: "http://127.0.0.1:8080"}
			if old, err := signedIn(); err == nil {
				c.Server = old.Server
			}
			if len(args) == 1 {
				c.Server = args[0]
			}
			lines := bufio.NewReader(e.in)
			if email == "" {
				_, _ = fmt.Fprint(e.err, "E-mail: ")
				line, _ := lines.ReadString('\n')
				email = strings.TrimSpace(line)
			}
			password, err := e.password(lines, stdin)
			if err != nil {
				return err
			}
			name, _ := os.Hostname()
			var out struct {
				Token string `json:"token"`
				Me    struct {
					Person    struct{ Name, Zone string }
					Workspace struct{ Name string }
				} `json:"me"`
			}
			in := map[string]string{"email": email, "password": password, "name": "Command line on " + name}
			if err := c.call(cmd.Context(), "POST", "/sessions/token", in, &out); err != nil {
				return err
			}
			c.Token = out.Token
			if err := c.save(); err != nil {
				return err
			}
			return e.show(map[string]string{"server": c.Server, "person": out.Me.Person.Name, "workspace": out.Me.Workspace.Name}, func() {
				e.say("Signed in to %s as %s. Times are those of your clock, %s.", out.Me.Workspace.Name, out.Me.Person.Name, out.Me.Person.Zone)
			})
		},
	}
	cmd.Flags().StringVar(&email, "email", "", "e-mail address")
	cmd.Flags().BoolVar(&stdin, "password-stdin", false, "read the password from standard input")
	return cmd
}

func (e *env) password(lines *bufio.Reader, stdin bool) (string, error) {
	f, isFile := e.in.(*os.File)
	if !stdin && isFile && term.IsTerminal(int(f.Fd())) { //nolint:gosec // a file descriptor is small
		_, _ = fmt.Fprint(e.err, "Password: ")
		b, err := term.ReadPassword(int(f.Fd())) //nolint:gosec // as above
		_, _ = fmt.Fprintln(e.err)
		return string(b), err
	}
	line, err := lines.ReadString('\n')
	if line = strings.TrimRight(line, "\r\n"); line == "" {
		return "", errors.Join(errors.New("no password was given; type it, or pipe it in with --password-stdin"), err)
	}
	return line, nil
}

func (e *env) logout() *cobra.Command {
	return &cobra.Command{Use: "logout", Short: "Forget the sign-in of this machine", Args: cobra.NoArgs, RunE: func(*cobra.Command, []string) error {
		path, err := configFile()
		if err != nil {
			return err
		}
		if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
		return e.show(map[string]bool{"signed_in": false}, func() { e.say("Signed out.") })
	}}
}
