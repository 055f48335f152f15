// What a program in Java does with the generated client: it compiles where names and shapes are as generators need them.
import org.openapitools.client.ApiException;
import org.openapitools.client.api.BillsApi;
import org.openapitools.client.model.Bill;
import org.openapitools.client.model.Request;
import org.openapitools.client.model.SimulatedBill;

class Use {
  static String total(BillsApi bills, Request request) throws ApiException {
    Bill bill = bills.calculateBill(request, "steps", null, null);
    return bill.getTotal();
  }

  static String batch(BillsApi bills, String lines) throws ApiException {
    return bills.calculateBatch(lines, null, null);
  }

  static String saving(SimulatedBill variant) {
    return variant.getDifference();
  }
}
