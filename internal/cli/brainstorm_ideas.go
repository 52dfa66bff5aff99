package cli

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"strings"

	"github.com/spf13/cobra"
)

func (e *env) stormIdea() *cobra.Command {
	var link, picture string
	cmd := &cobra.Command{Use: "idea BRAINSTORM TEXT...", Short: "Write ideas, each in quotes; hidden until the reveal", Args: cobra.MinimumNArgs(2), RunE: func(cmd *cobra.Command, args []string) error {
		if len(args) > 2 && (link != "" || picture != "") {
			return errors.New("a link or a picture goes with one idea; write the others by themselves")
		}
		c, err := signedIn()
		if err != nil {
			return err
		}
		body := map[string]any{}
		if link != "" {
			body["link"] = link
		}
		if picture != "" {
			if body["picture"], err = c.uploadPicture(cmd.Context(), picture, e.progress()); err != nil {
				return err
			}
		}
		for _, text := range args[1:] {
			body["text"] = text
			if err := e.act(cmd.Context(), "PUT", storm(args[0])+"/own-ideas/"+rand.Text(), body, "It is on the board."); err != nil {
				return err
			}
		}
		return nil
	}}
	cmd.Flags().StringVar(&link, "link", "", "an address that it is about")
	cmd.Flags().StringVar(&picture, "picture", "", "a picture of it, JPEG or PNG, by the name of the file")
	return cmd
}

// ideaCall does one thing to an idea that is on the board.
func (e *env) ideaCall(ctx context.Context, x, idea, method, path string, body any, done string) error {
	c, err := signedIn()
	if err != nil {
		return err
	}
	if strings.HasPrefix(idea, "idea_") { // may be gone from the board
		return e.act(ctx, method, storm(x)+"/ideas/"+idea+path, body, done)
	}
	b, err := boardNow(ctx, c, x)
	if err != nil {
		return err
	}
	i, err := b.idea(idea)
	if err != nil {
		return err
	}
	return e.act(ctx, method, storm(x)+"/ideas/"+i+path, body, strings.ReplaceAll(done, "IDEA", i))
}

func (e *env) stormReword() *cobra.Command {
	var link, picture string
	cmd := &cobra.Command{
		Use: "reword BRAINSTORM IDEA [TEXT]", Short: "Change an idea of yours", Args: cobra.RangeArgs(2, 3),
		RunE: func(cmd *cobra.Command, args []string) error {
			body := map[string]any{}
			if len(args) == 3 {
				body["text"] = args[2]
			}
			if cmd.Flags().Changed("link") {
				body["link"] = link
			}
			if cmd.Flags().Changed("picture") {
				c, err := signedIn()
				if err != nil {
					return err
				}
				if body["picture"] = ""; picture != "" {
					if body["picture"], err = c.uploadPicture(cmd.Context(), picture, e.progress()); err != nil {
						return err
					}
				}
			}
			if len(body) == 0 {
				return errors.New("say what it is to say now, or its --link or --picture")
			}
			return e.ideaCall(cmd.Context(), args[0], args[1], "PATCH", "", body, "It is changed.")
		},
	}
	cmd.Flags().StringVar(&link, "link", "", "an address that it is about; empty takes it away")
	cmd.Flags().StringVar(&picture, "picture", "", "a picture, by the name of the file; empty takes it away")
	return cmd
}

func (e *env) stormDrop() *cobra.Command {
	var undo bool
	cmd := &cobra.Command{Use: "drop BRAINSTORM IDEA", Short: "Take an idea of yours away, or bring it back", Args: cobra.ExactArgs(2), RunE: func(cmd *cobra.Command, args []string) error {
		if undo {
			return e.ideaCall(cmd.Context(), args[0], args[1], "PUT", "/restoration", nil, "It is back.")
		}
		return e.ideaCall(cmd.Context(), args[0], args[1], "DELETE", "", nil, "It is gone. To bring it back: meantime brainstorm drop --undo "+args[0]+" IDEA")
	}}
	cmd.Flags().BoolVar(&undo, "undo", false, "bring it back, by its id")
	return cmd
}

func (e *env) stormClaim() *cobra.Command {
	var undo bool
	cmd := &cobra.Command{Use: "claim BRAINSTORM IDEA", Short: "Put your name on an anonymous idea of yours, once the results are open", Args: cobra.ExactArgs(2), RunE: func(cmd *cobra.Command, args []string) error {
		if undo {
			return e.ideaCall(cmd.Context(), args[0], args[1], "DELETE", "/claim", nil, "Your name is off it again.")
		}
		return e.ideaCall(cmd.Context(), args[0], args[1], "PUT", "/claim", nil, "Your name is on it.")
	}}
	cmd.Flags().BoolVar(&undo, "undo", false, "take your name off it again")
	return cmd
}

func (e *env) stormNote() *cobra.Command {
	var pro, con bool
	cmd := &cobra.Command{
		Use: "note BRAINSTORM IDEA TEXT", Short: "Write a comment below an idea, or what speaks for it or against it", Args: cobra.ExactArgs(3),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := apart(cmd, "pro", "con"); err != nil {
				return err
			}
			kind := "comment"
			switch {
			case pro:
				kind = "pro"
			case con:
				kind = "con"
			}
			return e.ideaCall(cmd.Context(), args[0], args[1], "PUT", "/own-notes/"+rand.Text(), map[string]any{"kind": kind, "text": args[2]}, "It stands below the idea.")
		},
	}
	cmd.Flags().BoolVar(&pro, "pro", false, "it speaks for the idea")
	cmd.Flags().BoolVar(&con, "con", false, "it speaks against the idea")
	return cmd
}

func (e *env) stormUnnote() *cobra.Command {
	return &cobra.Command{Use: "unnote BRAINSTORM REMARK", Short: "Take a note of yours away", Args: cobra.ExactArgs(2), RunE: func(cmd *cobra.Command, args []string) error {
		return e.act(cmd.Context(), "DELETE", storm(args[0])+"/notes/"+args[1], nil, "It is gone.")
	}}
}

func (e *env) stormPicture() *cobra.Command {
	var file string
	cmd := &cobra.Command{Use: "picture BRAINSTORM IDEA", Short: "Save the picture of an idea", Args: cobra.ExactArgs(2), RunE: func(cmd *cobra.Command, args []string) error {
		c, b, err := boardFor(cmd.Context(), args[0])
		if err != nil {
			return err
		}
		i, err := b.idea(args[1])
		if err != nil {
			return err
		}
		var out []byte
		if err := c.call(cmd.Context(), http.MethodGet, storm(args[0])+"/ideas/"+i+"/picture", nil, &out); err != nil {
			return err
		}
		return e.keepFile(file, out)
	}}
	cmd.Flags().StringVarP(&file, "output", "o", "", "write into this file")
	_ = cmd.MarkFlagRequired("output")
	return cmd
}
