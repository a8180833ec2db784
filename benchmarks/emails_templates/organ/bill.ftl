<p>Dear ${patient.name},</p><p>Please find your hospital bill of ${bill.total} at ${link}.</p>
