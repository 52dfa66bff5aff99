package slack

import (
	"strings"
	"time"
)

// readPeople reads users.json. Bots are remembered by their bot id too, because that is
// how messages name them.
func (a *Archive) readPeople(t tally) error {
	teams := map[string]int{}
	name := "users.json"
	if !a.has(name) && a.has("org_users.json") {
		name = "org_users.json"
	}
	if !a.has(name) {
		t.add(reasonNoUsers, "")
	}
	err := eachIn(a, name, t, func(r *rawPerson) {
		if _, twice := a.byKey[r.ID]; r.ID == "" || twice {
			return
		}
		p := r.person()
		teams[p.Team]++
		a.addPerson(p)
		if r.Profile.BotID != "" {
			a.botUsers[r.Profile.BotID] = p.Key
		}
	})
	delete(teams, "")
	for _, team := range sortedKeys(teams) {
		if a.team == "" || teams[team] > teams[a.team] {
			a.team = team
		}
	}
	return err
}

func (a *Archive) addPerson(p Person) {
	p.Name, p.DisplayName, p.Title = cut(p.Name, 200), cut(p.DisplayName, 200), cut(p.Title, 200)
	a.byKey[p.Key] = len(a.people)
	a.people = append(a.people, p)
}

func (r *rawPerson) person() Person {
	return Person{
		Key:         r.ID,
		Handle:      clean(r.Name),
		Name:        firstOf(r.Profile.RealName, r.RealName, r.Profile.DisplayName, r.Profile.FirstName, r.Name, r.ID),
		DisplayName: firstOf(r.Profile.DisplayName),
		Email:       strings.ToLower(firstOf(r.Profile.Email)),
		Zone:        knownZone(r.TZ),
		Title:       firstOf(r.Profile.Title),
		Team:        firstOf(r.TeamID, r.Profile.Team),
		Deleted:     r.Deleted,
		Bot:         r.IsBot || r.IsWorkflowBot || r.ID == slackbot,
		Guest:       guestOf(r.IsRestricted || r.Profile.Restricted, r.IsUltraRestricted || r.Profile.Ultra),
		Admin:       r.IsAdmin,
		Owner:       r.IsOwner || r.IsPrimaryOwner,
		Listed:      true,
	}
}

// slackbot is Slack's own voice, in every workspace.
const slackbot = "USLACKBOT"

func guestOf(restricted, ultra bool) Guest {
	switch {
	case ultra:
		return SingleGuest
	case restricted:
		return SeveralGuest
	}
	return Member
}

// knownZone gives the zone when this machine has it; Slack lets some through that are not IANA's.
func knownZone(zone string) string {
	if zone == "" || zone == "Local" {
		return ""
	}
	if _, err := time.LoadLocation(zone); err != nil {
		return ""
	}
	return zone
}

// firstOf gives the first text with something visible in it, on one line.
func firstOf(texts ...string) string {
	for _, s := range texts {
		if visible(s) {
			return strings.Join(strings.Fields(clean(s)), " ")
		}
	}
	return ""
}

// clean drops what no database or screen should get.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if (r < ' ' && r != '\n' && r != '\t') || r == 0x7f {
			return -1
		}
		return r
	}, s)
}

// author gives the person key that a message is kept under, and the bot's name.
func (a *Archive) author(h *rawHead) (string, *BotName) {
	var bot *BotName
	if h.BotID != "" || h.Subtype == "bot_message" || (h.User == "" && h.Username != "") {
		bot = &BotName{ID: h.BotID, Name: firstOf(h.Username, h.botName(), a.botNames[h.BotID])}
	}
	switch {
	case h.Comment != nil && h.Comment.User != "":
		return h.Comment.User, bot
	case h.User != "":
		return h.User, bot
	case a.botUsers[h.BotID] != "":
		return a.botUsers[h.BotID], bot
	case h.BotID != "":
		return h.BotID, bot
	case firstOf(h.Username) != "":
		return "bot:" + firstOf(h.Username), bot
	}
	return "unknown", bot
}

func (h *rawHead) botName() string {
	if h.BotProfile != nil {
		return h.BotProfile.Name
	}
	return ""
}

// meet remembers an author whom the list of people does not have.
func (a *Archive) meet(h *rawHead, strangers map[string]Person) {
	if h.BotID != "" && a.botNames[h.BotID] == "" {
		if name := firstOf(h.botName(), h.Username); name != "" {
			a.botNames[h.BotID] = name
		}
	}
	key, bot := a.author(h)
	if _, known := a.byKey[key]; known {
		return
	}
	p, met := strangers[key]
	if !met {
		p = Person{Key: key, Bot: key == slackbot || (bot != nil && h.User == "")}
	}
	if u := h.UserProfile; u != nil && h.User == key {
		p.Handle, p.DisplayName, p.Team = firstOf(u.Name, p.Handle), firstOf(u.DisplayName, p.DisplayName), firstOf(u.Team, p.Team)
		p.Name, p.Guest = firstOf(u.RealName, u.DisplayName, u.Name, p.Name), guestOf(u.Restricted, u.Ultra)
	}
	if p.Name == "" && bot != nil {
		p.Name = bot.Name
	}
	strangers[key] = p
}

// introduced takes a bot's name from the notice that it was added to a channel, which
// for old bots is the only place where it is written.
func (a *Archive) introduced(h *rawHead) {
	if h.Subtype != "bot_add" || h.BotID == "" || a.botNames[h.BotID] != "" {
		return
	}
	if _, label, ok := strings.Cut(h.Text, "|"); ok {
		label, _, _ = strings.Cut(label, ">")
		a.botNames[h.BotID] = firstOf(label)
	}
}

// welcome adds the strangers to the people, in a stable order, each with some name.
func (a *Archive) welcome(strangers map[string]Person) {
	for _, key := range sortedKeys(strangers) {
		p := strangers[key]
		switch {
		case p.Name != "":
		case key == slackbot:
			p.Name = "Slackbot"
		case p.Bot:
			p.Name = firstOf(a.botNames[key], "Bot "+key)
		case key == "unknown":
			p.Name = "Somebody unknown"
		default:
			p.Name = "Former member " + key
		}
		a.addPerson(p)
	}
}

// called is the name that a mention shows.
func (a *Archive) called(key string) (string, bool) {
	if person, isBot := a.botUsers[key]; isBot {
		key = person
	}
	i, ok := a.byKey[key]
	if !ok {
		return "", false
	}
	return firstOf(a.people[i].DisplayName, a.people[i].Name), true
}
