package pdfcpu

// LimitSelf is for a child that eats memory: it must not eat this computer's.
var LimitSelf = limitSelf
