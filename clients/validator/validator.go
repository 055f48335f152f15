// Package validator stands in for gopkg.in/validator.v2, which generated clients ask whether a record is sound: the service does.
package validator

// Validate finds nothing wrong with a record.
func Validate(record interface{}) error { return nil }
