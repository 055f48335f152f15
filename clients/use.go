// What a program in Go does with the generated client: it compiles where names and shapes are as generators need them.
package main

import (
	"context"
	"fmt"

	"billcalc"
)

func main() {
	bills := billcalc.NewAPIClient(billcalc.NewConfiguration()).BillsAPI
	fmt.Println(bills.CalculateBatch, bills.CompareBill)
	if bill, _, err := bills.CalculateBill(context.Background()).Execute(); err == nil {
		fmt.Println(bill.GetTotal())
	}
	var variant billcalc.SimulatedBill
	fmt.Println(variant.GetDifference())
}
