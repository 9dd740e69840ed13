package greyshelf

// Date is a date as printed and as EDTF (ISO 8601-2:2019, Extended Date/Time
// Format): "October 19, 2016" is 2016-10-19, "May 2009" is 2009-05, "Winter
// 2015" is 2015-24, "2012" is 2012.
type Date struct {
	Printed string `json:"printed,omitempty"`
	EDTF    string `json:"edtf,omitempty"`
}
