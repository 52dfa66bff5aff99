package slack

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// small is an archive of two people and a channel, for names.
func small() *Archive {
	a := &Archive{byKey: map[string]int{}, botUsers: map[string]string{"B1": "U3"}, channelAt: map[string]int{"C1": 0}}
	a.channels = []Channel{{Key: "C1", Name: "general"}}
	a.addPerson(Person{Key: "U1", Name: "Ana Lima", DisplayName: "ana"})
	a.addPerson(Person{Key: "U2", Name: "Kofi [Mensah]"})
	a.addPerson(Person{Key: "U3", Name: "Deploy Bot", Bot: true})
	return a
}

func TestMrkdwnReadsAlikeInMarkdown(t *testing.T) {
	cases := []struct{ name, in, want string }{
		{"bold, italic, struck", "*b* _i_ ~s~", "**b** _i_ ~~s~~"},
		{"nested", "*bold _and italic_*", "**bold _and italic_**"},
		{"not inside a word", "a*b*c snake_case_name", `a\*b\*c snake_case_name`},
		{"not across lines", "*a\nb*", "\\*a  \nb\\*"},
		{"a lone mark", "5 * 3 and ~5", `5 \* 3 and \~5`},
		{"inline code is left alone", "see `*x* &lt;b&gt; :smile:`", "see `*x* <b> :smile:`"},
		{"a backtick in a word", "it`s a `test`", "it\\`s a `test`"},
		{"a block", "run:\n```\ngo test\n  *x*\n```\ndone", "run:\n\n```\ngo test\n  *x*\n```\n\ndone"},
		{"a block on one line", "see ```x``` here", "see \n\n```\nx\n```\n\nhere"},
		{"an open fence is text", "```oops", "\\`\\`\\`oops"},
		{"quote", "&gt; a\n&gt;b\nc", "> a  \n> b\n\nc"},
		{"quote to the end", "&gt;&gt;&gt;a\nb", "> a  \n> b"},
		{"bullets", "• a\n    ◦ b\n• c", "- a\n    - b\n- c"},
		{"numbers", "1. a\n2. b", "1. a\n2. b"},
		{"text, then a list", "todo:\n• a\nend", "todo:\n\n- a\n\nend"},
		{"entities once", "&amp;lt; &lt;b&gt; R&amp;D &amp;copy;", `\&lt; \<b> R&D \&copy;`},
		{"link", "<https://a.example/x|here>!", "[here](https://a.example/x)!"},
		{"bare link", "<https://a.example/?a=1&amp;b=2>", "<https://a.example/?a=1&b=2>"},
		{"link with brackets", "<https://a.example/x_(y)|[z]>", `[\[z\]](https://a.example/x_%28y%29)`},
		{"no image", "look!<https://a.example|x>", `look\![x](https://a.example)`},
		{"mail", "<mailto:a@b.example|a@b.example> <mailto:a@b.example|write>", "<a@b.example> [write](mailto:a@b.example)"},
		{"telephone", "<tel:+4912|+49 12>", "[+49 12](tel:+4912)"},
		{"a link that runs", "<javascript:alert(1)|x>", "x (javascript:alert(1))"},
		{"mention", "<@U1> and <@U2|kofi>", `@[ana](slack:U1) and @[Kofi \[Mensah\]](slack:U2)`},
		{"mention of a bot by its bot id", "<@B1>", "@[Deploy Bot](slack:U3)"},
		{"mention of nobody", "<@U9|zoe> <@U8>", "@zoe @U8"},
		{"a mention typed by hand", "@[x](slack:U1)", `@\[x](slack:U1)`},
		{"channel", "<#C1|old> <#C9|gone> <#C8|>", "#general #gone #a private channel"},
		{"everybody", "<!here> <!channel> <!subteam^S1|@ops> <!subteam^S2>", "@here @channel @ops @a group"},
		{"date", "<!date^1392734382^{date}|18 Feb> <!date^0^{date}>", "18 Feb 1 Jan 1970, 00:00 UTC"},
		{"emoji", ":thumbsup::skin-tone-3: :shipit_x: 10:30:45 :tada::tada:", "👍 :shipit_x: 10:30:45 🎉🎉"},
		{"what would be a heading", "# no\n#channel", "\\# no  \n#channel"},
		{"what would be a rule", "a\n---\n===", "a  \n\\---  \n\\==="},
		{"what would be a table", "a | b\n--- | ---", "a | b  \n\\--- | ---"},
		{"what would be a list", "+ a\n* b", "\\+ a  \n\\* b"},
		{"what would be indented code", "a\n    b", "a  \n\u00a0\u00a0\u00a0\u00a0b"},
		{"html", "&lt;script&gt;alert(1)&lt;/script&gt;", `\<script>alert(1)\</script>`},
		{"backslashes", `C:\dir \* end\`, `C:\dir \\\* end\\`},
		{"control characters", "a\x00b\x1bc", "abc"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got, _ := small().markdown(c.in); got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestMentionsAreListedOnce(t *testing.T) {
	_, got := small().markdown("<@U2> <@U1> <@U2> <@U9> `<@U3>`")
	if want := []string{"U2", "U1"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// The cases of another importer. Where ours differs, it says why; the others agree letter
// by letter.
var ours = map[string]struct{ want, why string }{
	"slack_link1":                        {"> Google logo today:  \n> <https://www.google.com/images/srpr/logo4w.png>  \n> Kinda boring", "same meaning; a bare link is written <…>, and line ends are kept"},
	"slack_link_with_pipe":               {"> Google logo today:  \n> [foo](https://foo.com)  \n> Kinda boring", "same meaning; line ends are kept"},
	"slack_link2":                        {"<http://datausa.io/> this is a good website.", "same meaning; a bare link is written <…>"},
	"mailto_format1":                     {"email me at <random@gmail.com>", "the reader sees the address, as in Slack, without mailto:"},
	"mailto_format2":                     {"email me at <random@gmail.com>", "the reader sees the address, as in Slack, without mailto:"},
	"valid_strikethrough_test":           {`(~~str ike!~~, text. \~Also \~)`, "Slack strikes nothing that ends in a space, and neither does Markdown"},
	"invalid_strikethrough_test":         {`Mid\~word\~ strike. Also \~\~strike\~\~)`, "same meaning; a mark that Slack shows is escaped, or Markdown would strike"},
	"valid_italic_test":                  {"ital ^_lic_, _wo r@d_.", "same meaning; italics are written _…_"},
	"valid_italic_test_2":                {"_1️⃣ Use the `/task` command_", "same meaning; italics are written _…_"},
	"invalid_italic_test":                {`mid_word\_, @\_italics\_`, "same meaning; a mark that Slack shows is escaped"},
	"invalid_bold_test":                  {`\*mid\*word \*\*word\*\*`, "Slack shows these marks, so they are escaped; unescaped, Markdown would make them bold"},
	"no_conversion":                      {`\*\*\*word\*\*\*`, "Slack shows these marks, so they are escaped; unescaped, Markdown would make them bold"},
	"valid_bold_and_italic_conversion_1": {"**_test bold and italic message_**", "same meaning; italics are written _…_"},
	"valid_bold_and_italic_conversion_2": {"_**test bold and italic message**_", "same meaning; italics are written _…_"},
	"italic_and_strike_conversion":       {"_~~italic~~_ and ~~_strike_~~", "same meaning; italics are written _…_"},
	"unsupported_bold_test":              {"**foo** **bar**", "Slack makes both bold; the other importer says that it cannot"},
	"unsupported_bold_test_2":            {`(**text**} and normal :\* bold\*.`, "same meaning; a mark that Slack shows is escaped"},
}

func TestAnotherImportersCases(t *testing.T) {
	dir := os.Getenv("MEANTIME_CORPUS")
	if dir == "" {
		t.Skip("set MEANTIME_CORPUS to a folder with slack exports to run this test")
	}
	raw, err := os.ReadFile(filepath.Join(dir, "slack", "zulip", "slack_message_conversion.json"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Tests []struct {
			Name, Input string
			Output      string `json:"conversion_output"`
		} `json:"regular_tests"`
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Tests) != 20 {
		t.Errorf("the table has %d cases, want 20", len(file.Tests))
	}
	for _, c := range file.Tests {
		want := c.Output
		if o, differs := ours[c.Name]; differs {
			want = o.want
		}
		if got, _ := small().markdown(c.Input); got != want {
			t.Errorf("%s: got %q, want %q", c.Name, got, want)
		}
	}
}

func TestTitles(t *testing.T) {
	cases := []struct{ name, in, want string }{
		{"first line", "Shall we move?\n\nMore.", "Shall we move?"},
		{"mark-up goes", "> **Shall** _we_ ~~go~~ [there](https://x.example) `now`, @[ana](slack:U1)?", "Shall we go there now, @ana?"},
		{"escapes go", `5 \* 3 \[x] snake_case`, "5 * 3 [x] snake_case"},
		{"code only", "```\nx := 1\n```", "x := 1"},
		{"lists", "- first\n- second", "first"},
		{"a bare link", "<https://a.example/b>", "https://a.example/b"},
		{"long", strings.Repeat("word ", 30), strings.TrimSpace(strings.Repeat("word ", 15)) + "…"},
		{"long without spaces", strings.Repeat("字", 100), strings.Repeat("字", 79) + "…"},
		{"nothing", " \n", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := Title(c.in); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestBlocksWhenThereIsNoText(t *testing.T) {
	in := `[{"type":"header","text":{"type":"plain_text","text":"Plan *x*"}},
	{"type":"rich_text","elements":[
	 {"type":"rich_text_section","elements":[{"type":"text","text":"Hi "},{"type":"user","user_id":"U1"},{"type":"text","text":" and ","style":{"bold":true}},
	  {"type":"text","text":"all","style":{"bold":true}},{"type":"text","text":"!\n# two "},{"type":"emoji","name":"tada","unicode":"1f389"},{"type":"emoji","name":"own"},
	  {"type":"link","url":"https://a.example","text":"a"},{"type":"broadcast","range":"here"}]},
	 {"type":"rich_text_list","style":"ordered","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"one"}]},{"type":"rich_text_section","elements":[{"type":"text","text":"two","style":{"code":true}}]}]},
	 {"type":"rich_text_list","style":"bullet","indent":1,"elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"deep"}]}]},
	 {"type":"rich_text_quote","elements":[{"type":"text","text":"said"}]},
	 {"type":"rich_text_preformatted","elements":[{"type":"text","text":"a < b"}]}]},
	{"type":"section","text":{"type":"mrkdwn","text":"*s*"},"fields":[{"type":"plain_text","text":"*f*"}]},{"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":"Press"}}]}]`
	var blocks []rawBlock
	if err := json.Unmarshal([]byte(in), &blocks); err != nil {
		t.Fatal(err)
	}
	w := &writer{a: small()}
	w.blocks(blocks)
	got, _ := w.done()
	want := "**Plan \\*x\\***\n\nHi @[ana](slack:U1) **and all**!  \n\\# two 🎉:own:[a](https://a.example)@here\n\n1. one\n2. `two`\n    - deep\n\n> said\n\n```\na < b\n```\n\n**s**\n\n\\*f\\*"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// FuzzMrkdwn holds for any text: no control characters come through, mentions are of
// people in the export, nothing links to a script, and the title fits.
func FuzzMrkdwn(f *testing.F) {
	for _, s := range []string{"*b* _i_ ~s~ `c` ```d```", "<@U1> <#C1|x> <!here> <!date^1^{d}^https://x|y>", "&gt;&gt;&gt;a\n• b\n1. c", ":+1::x: &amp;lt;", "<javascript:x|y>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		md, mentions := small().markdown(s)
		if strings.ContainsAny(md, "\x00\x1b\r") {
			t.Errorf("control characters in %q", md)
		}
		for _, m := range mentions {
			if _, known := small().called(m); !known {
				t.Errorf("mention of %q", m)
			}
		}
		if strings.Contains(strings.ToLower(md), "](javascript:") && !strings.Contains(strings.ToLower(md), `\](javascript:`) && !strings.Contains(s, "](") {
			t.Errorf("a script in %q", md)
		}
		if n := len([]rune(Title(md))); n > titleLength {
			t.Errorf("a title of %d characters", n)
		}
	})
}
