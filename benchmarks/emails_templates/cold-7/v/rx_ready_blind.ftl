<p>Hi ${customer.firstName},</p><p>Your prescription is ready for collection at ${pharmacy.name}. Bring an ID.</p>
