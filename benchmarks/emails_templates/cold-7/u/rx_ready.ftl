<p>Hi ${patient.firstName},</p><p>Your order of ${order.medication} is ready at ${pharmacy.name}.</p>
