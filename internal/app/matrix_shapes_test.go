package app_test

import "slices"

// shape says how an operation ends for a role: 0 is success. closed says whether
// the things named are in the private space. Anonymous and removed people are
// refused before any shape is asked, but by what is public.
type shape func(r role, closed bool) int

func reads(r role, closed bool) bool {
	if closed {
		return r == author || r == insider
	}
	return r != guest && r != stranger
}

// readers: whoever may read the space; to others it is not there.
func readers(r role, closed bool) int {
	if reads(r, closed) {
		return 0
	}
	return 404
}

// among lets some readers through and tells the other readers why not.
func among(some ...role) shape {
	return func(r role, closed bool) int {
		switch {
		case !reads(r, closed):
			return 404
		case slices.Contains(some, r):
			return 0
		}
		return 403
	}
}

var (
	addressee = among(insider)
	writer    = among(author)
	leads     = among(author, owner, admin) // of the private space, owners and admins are no readers
)

// signedIn: everybody, for what is their own.
func signedIn(role, bool) int { return 0 }

// inWorkspace: everybody of this workspace; what is named is not in another.
func inWorkspace(r role, _ bool) int {
	if r == stranger {
		return 404
	}
	return 0
}

// colleagues: everybody of this workspace but guests, who do not know of it.
func colleagues(r role, _ bool) int {
	if r == stranger || r == guest {
		return 404
	}
	return 0
}

func notGuests(r role, _ bool) int {
	if r == guest {
		return 403
	}
	return 0
}

// adminsOnly: owners and admins, each in their own workspace.
func adminsOnly(r role, _ bool) int {
	if r == owner || r == admin || r == stranger {
		return 0
	}
	return 403
}

// adminsHere: owners and admins, for a thing of this workspace.
func adminsHere(r role, _ bool) int {
	if r == stranger {
		return 404
	}
	return adminsOnly(r, false)
}

// adminsOfSeen: like adminsHere, for a thing that guests do not know of.
func adminsOfSeen(r role, _ bool) int {
	if r == guest {
		return 404
	}
	return adminsHere(r, false)
}

// writerOnly: the author, of what readers may see.
func writerOnly(r role, closed bool) int {
	if want := readers(r, closed); want != 0 || r == author {
		return want
	}
	return 403
}

// ownOnly: the insider's own; to others it is not there.
func ownOnly(r role, _ bool) int {
	if r == insider {
		return 0
	}
	return 404
}

// ownOrAdmins: the insider's own, and owners and admins.
func ownOrAdmins(r role, _ bool) int {
	if r == owner || r == admin {
		return 0
	}
	return ownOnly(r, false)
}

// teamMembers: who is in the team or made it, and admins; colleagues are told why not.
func teamMembers(r role, _ bool) int {
	switch r {
	case guest, stranger:
		return 404
	case outsider:
		return 403
	}
	return 0
}

// nobody: the same refusal for everybody.
func nobody(status int) shape { return func(role, bool) int { return status } }

// offerer: who is on duty, the insider; colleagues cannot give away what is not theirs.
func offerer(r role, _ bool) int {
	switch r {
	case guest, stranger:
		return 404
	case insider:
		return 0
	}
	return 422
}

// ofTwo: one of two whom a thing is between; the other is told why not, and to others
// it is not there.
func ofTwo(does, watches role) shape {
	return func(r role, _ bool) int {
		switch r {
		case does:
			return 0
		case watches:
			return 403
		}
		return 404
	}
}

// leaver: whoever hands duty over; colleagues read the note and do not write it.
func leaver(r role, _ bool) int {
	switch r {
	case guest, stranger:
		return 404
	case insider:
		return 0
	}
	return 403
}
