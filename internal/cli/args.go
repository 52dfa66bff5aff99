package cli

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// things says what each thing is that a command takes, by its name in Use.
var things = map[string]string{
	"ABSENCE": "an absence of yours, by its id (see: meantime away list)", "ASK": "an ask, by its id (see: meantime inbox)",
	"BATON": "a baton, by its id (see: meantime baton)", "OUTCOME": "what came of it, in words", "PERSON": "a person, by their handle", "WHY": "why, in words",
	"BLOCKER": "what you waited for, by its id (see: meantime checkin)", "BRAINSTORM": "a brainstorm, by its id (see: meantime brainstorm list)",
	"CALENDAR": "a calendar, by its id (see: meantime calendars list)", "CHECKIN": "a check-in, by its id (see: meantime checkin list)", "DECISION": "a decision, by its id (see: meantime decision list)", "DEVICE": "a device, by its id (see: meantime devices)",
	"EMAIL": "an e-mail address", "PERSON|EMAIL": "a person, by their handle, or the e-mail address of an invitation", "FEED": "a feed, by its id (see: meantime feed show)", "FILE": "a file, by its name",
	"FILE.zip": "the file that Slack exported", "FROM": "the first day, such as 2026-07-01", "GOING-ON": "what is going on, in words",
	"HANDLE": "people or teams, by handle", "LINE": "your vote in a line, in quotes", "HANDOVER": "a handover, by its id (see: meantime duty mine)", "INSTEAD": "whoever is to be asked instead, by their handle",
	"KEY": "an item of the inbox, by its key (see: meantime inbox)", "NAME": "a name", "NOTE": "a note, in words", "PAGE": "an urgent page, by its id (see: meantime page)",
	"POST": "a post, by its id (see: meantime thread show THREAD --json)", "REASON": "why, in words", "SERVER": "a server's address, such as http://127.0.0.1:8080",
	"SPACE": "a space, by its handle", "SWAP": "a swap, by its id (see: meantime duty mine)", "TEAM": "a team, by its handle",
	"NUMBER=VOTE": "an idea by its number, with your vote", "TEMPLATE": "standup, weekly, retro, project or team_question", "TITLE": "a title, in quotes",
	"IDEA": "an idea, by its number on the board (see: meantime brainstorm show)", "INTO": "the idea that the other goes into, by its number", "GROUP": "a group of ideas, by its name",
	"REMARK": "a note of yours, by its id (see: meantime brainstorm show)", "TASK": "a task, by its id (see: meantime brainstorm show)", "task|decision|thread": "what the ideas become",
	"CHAIN": "a chain, by its id (see: meantime baton chains)", "REPORT": "a report, by its id (see: meantime checkin reports)", "STEP": "people or teams, by handle",
	"TURN": "a turn of a check-in, by its id", "@WHO": "people or teams, by handle",
	"TEXT": "what you write, in quotes", "THREAD": "a thread, by its id (see: meantime thread list)", "TO": "the last day, such as 2026-07-14",
	"URL": "an address that begins with https://", "VERSION": "a version, by its number", "WATCH": "what to watch, in words",
	"WHO": "whoever was asked, by their handle", "WORD": "part of a name", "WORDS": "what to look for, in quotes", "yes|no": "yes or no",
	"--output": "the file to write into", "+1h": "how far to move it, such as +1h or +3d", "--to": "whom you ask, by handle, separated by commas",
}

// taken finds the things in what a command takes; the optional ones stand in brackets.
var taken = regexp.MustCompile(`\[[^\]]+\]|\S+`)

// speakPlainly makes every command say in plain words what it was not given.
func speakPlainly(cmd *cobra.Command) {
	for _, c := range cmd.Commands() {
		speakPlainly(c)
	}
	if !cmd.HasParent() {
		return
	}
	if !cmd.Runnable() {
		cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
		cmd.Args = cobra.NoArgs
	}
	check := cmd.Args
	cmd.Args = func(cmd *cobra.Command, args []string) error {
		if check != nil && check(cmd, args) != nil {
			return miscounted(cmd, args)
		}
		if flags := unset(cmd); len(flags) > 0 {
			return needs(cmd, flags)
		}
		return nil
	}
}

// wanted are the things that a command takes, in order; many says that it takes more
// of one of them.
func wanted(cmd *cobra.Command) (all, must []string, many bool) {
	for _, x := range taken.FindAllString(cmd.Use, -1)[1:] {
		bare := strings.Trim(x, "[]")
		name := strings.TrimSuffix(strings.TrimSuffix(bare, "..."), "…")
		many = many || name != bare
		if all = append(all, name); bare == x {
			must = append(must, name)
		}
	}
	return all, must, many
}

// miscounted says what is missing, or what is too much.
func miscounted(cmd *cobra.Command, args []string) error {
	all, must, _ := wanted(cmd)
	if len(args) < len(must) {
		return needs(cmd, append(must[len(args):], unset(cmd)...))
	}
	left := ""
	if len(args) > len(all) {
		left = args[len(all)]
	}
	if len(all) == 0 && cmd.HasAvailableSubCommands() {
		var names []string
		for _, c := range cmd.Commands() {
			if c.IsAvailableCommand() {
				names = append(names, c.Name())
			}
		}
		return fmt.Errorf("%s does not know %q; it knows %s", cmd.CommandPath(), left, strings.Join(names, ", "))
	}
	return fmt.Errorf("%q is left over; put words that belong together in quotes: %s", left, written(cmd))
}

func needs(cmd *cobra.Command, missing []string) error {
	var list []string
	for _, x := range missing {
		list = append(list, fmt.Sprintf("%s is %s", x, things[x]))
	}
	return fmt.Errorf("write %s, where %s", written(cmd), strings.Join(list, "; "))
}

// written is how a command is written, with the options that it cannot do without.
func written(cmd *cobra.Command) string {
	s := cmd.Parent().CommandPath() + " " + cmd.Use
	for _, x := range required(cmd) {
		s += " " + x + " …"
	}
	return s
}

// required are the options that a command cannot do without.
func required(cmd *cobra.Command) (out []string) {
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if len(f.Annotations[cobra.BashCompOneRequiredFlag]) > 0 {
			out = append(out, "--"+f.Name)
		}
	})
	return out
}

// unset are those of them that were not given.
func unset(cmd *cobra.Command) (out []string) {
	for _, x := range required(cmd) {
		if !cmd.Flags().Changed(strings.TrimPrefix(x, "--")) {
			out = append(out, x)
		}
	}
	return out
}
