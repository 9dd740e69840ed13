// Package people keeps who may do what: persons and their roles, how they sign
// in, invitations, sessions and tokens for programs.
//
// It stands beside curate: the web and the API ask it who a request comes
// from, and package rights what that person may do. A person's name and role
// are changed by decisions, so that the history shows who gave whom what;
// passwords, passkeys, sessions and tokens are kept without history, and only
// as digests wherever the secret itself is not needed.
//
// It stores records of the kinds "person", "credentials", "invitation",
// "session" and "token" in the catalogue. It sends no mail and serves no page.
package people
